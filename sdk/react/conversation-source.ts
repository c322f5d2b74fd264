import type { Actor, Conversation, Store } from '../index.js'
import { messagesOf } from './chat-message.js'
import type { ChatClient } from './chat-provider.js'
import { type ChatState, emptyState, NOBODY } from './chat-state.js'
import { conversationActs } from './conversation-acts.js'
import { whileHeard } from './while-heard.js'

/**
 * One conversation and all that is shown beside it, as a single store. Making one does nothing, so that a render may
 * be thrown away; the first listener opens the conversation, and begins a new one where `id` is null.
 */
export function conversationSource(chat: ChatClient, id: string | null): Store<ChatState> & { empty: ChatState } {
  let begun: Conversation | null = null
  const find = () => (id === null ? begun : chat.conversation(id))
  const begin = () => {
    if (id === null && 'newConversation' in chat) begun ??= chat.newConversation()
    return find()
  }
  const acts = conversationActs(begin)
  const empty = emptyState(id, acts)
  let state = empty
  let madeOf: unknown[] = []

  function show(tell: () => void): () => void {
    const conversation = begin()
    if (!conversation) return () => {}
    const { thread, typing } = conversation
    const stops = [thread.subscribe(tell), typing.subscribe(tell), conversation.open()]
    return () => stops.forEach((stop) => stop())
  }

  return {
    empty,
    subscribe: whileHeard((tell) => {
      let hide = show(tell)
      let person = chat.session.getSnapshot()
      const stops = [
        chat.connection.subscribe(tell),
        chat.presence.subscribe(tell),
        chat.session.subscribe(() => {
          const before = person
          person = chat.session.getSnapshot()
          if (before && !person) {
            // signed out: the client forgot its conversations
            hide()
            begun = null
            hide = show(tell)
          }
          tell()
        }),
      ]
      return () => [hide, ...stops].forEach((stop) => stop())
    }),
    getSnapshot() {
      const conversation = find()
      const connection = chat.connection.getSnapshot()
      const session = chat.session.getSnapshot()
      const thread = conversation?.thread.getSnapshot()
      const typingUsers = conversation?.typing.getSnapshot() ?? NOBODY
      const conversationId = thread ? thread.conversationId : id
      const other = chat.presence.getSnapshot().get(conversationId ?? '')
      const parts = [conversation, connection, session, thread, typingUsers, other]
      if (isSame(parts, madeOf)) return state
      madeOf = parts
      const error = thread?.error ?? (session ? null : connection.lastError)
      const messages = messagesOf(thread?.items ?? NOBODY, meIn(chat))
      const onlineUsers = other?.state === 'online' ? [other] : NOBODY
      return (state = {
        ...acts,
        conversationId,
        head: thread?.head ?? null,
        messages: isSame(messages, state.messages) ? state.messages : messages,
        // one that was begun has a message
        isLoading: thread?.isLoading || (conversationId !== null && !thread?.items.length && !error),
        hasEarlier: thread?.hasEarlier ?? false,
        isLoadingEarlier: thread?.isLoadingEarlier ?? false,
        error,
        onlineUsers: isSame(onlineUsers, state.onlineUsers) ? state.onlineUsers : onlineUsers,
        typingUsers,
        connection,
        conversation,
      })
    },
  }
}

function meIn(chat: ChatClient): Actor {
  const [type, me] =
    'inboxes' in chat
      ? (['agent', chat.session.getSnapshot()?.agent] as const)
      : (['contact', chat.session.getSnapshot()?.contact] as const)
  return { type, id: me?.id ?? null, name: me?.name ?? '' }
}

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((entry, at) => entry === other[at])
