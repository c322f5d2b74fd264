import { activityOf, listed, type ListedConversation, type ListState } from './conversation-list.js'
import type { ConversationHead, ConversationView } from './protocol/conversation.js'
import type { Me } from './thread-items.js'

const isInView = (head: ConversationHead, view: ConversationView, me: Me | null): boolean => {
  const isOpen = head.status !== 'resolved'
  return {
    all: true,
    open: isOpen,
    resolved: !isOpen,
    unassigned: isOpen && head.assigneeId === null,
    mine: isOpen && me !== null && head.assigneeId === me.id,
  }[view]
}

/** The rows of a view. Below `until` pages are missing, so nothing that is known of there is shown. */
export const listedIn = (state: ListState, view: ConversationView, me: Me | null, until = ''): ListedConversation[] =>
  listed(state, me, (head) => isInView(head, view, me) && activityOf(head) >= until)
