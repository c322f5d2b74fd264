import type { Call } from './api.js'
import type { Conversation, LiveConversation } from './conversation-host.js'
import type { ContactRecord } from './protocol/contact.js'
import type { PageVisit } from './protocol/page.js'

export interface AgentConversation extends Conversation {
  /** Null releases it. */
  assign(assigneeId: string | null): Promise<void>
  resolve(): Promise<void>
  reopen(): Promise<void>
  /** What is known of the contact. */
  contact(): Promise<ContactRecord>
  /** Where the contact was on the site, the latest first. */
  pages(): Promise<PageVisit[]>
}

/** Adds an agent's acts to a conversation; the same object each time. */
export function agentConversation(conversation: LiveConversation, call: Call): AgentConversation {
  const names = () => ({ conversationId: conversation.id! })
  const acts: Omit<AgentConversation, keyof Conversation> = {
    assign: async (assigneeId) =>
      conversation.acted(await call('POST assignment', { names: names(), body: { assigneeId } })),
    resolve: async () => conversation.acted(await call('POST resolve', { names: names() })),
    contact: () => call('GET contact', { names: names() }),
    pages: async () => (await call('GET pages', { names: names() })).items,
    reopen: async () => conversation.acted(await call('POST reopen', { names: names() })),
  }
  return 'assign' in conversation
    ? (conversation as typeof conversation & typeof acts)
    : Object.assign(conversation, acts)
}
