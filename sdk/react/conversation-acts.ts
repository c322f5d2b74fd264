import { ChatError, type Conversation, type SendHandle } from '../index.js'

/** What people do in a conversation; the same functions as long as a component shows the same one. */
export interface ConversationActs {
  /** Shows it at once and sends it when it can. Where `useChat` was given null, the first one begins the conversation. */
  sendMessage(body: string, options?: { replyToId?: string; idempotencyKey?: string }): SendHandle
  /** To be called at each press of a key; the other side sees it until `false`, the message, or six seconds. */
  sendTypingIndicator(isTyping?: boolean): void
  editMessage(messageId: string, body: string): Promise<void>
  /** For good, and for everyone. */
  deleteMessage(messageId: string): Promise<void>
  /** Puts an emoji of one's own on a message, or with `false` takes it off. */
  react(messageId: string, emoji: string, isOn?: boolean): Promise<void>
  /** Sends a failed message again, by its `key`. */
  retry(key: string): void
  /** Forgets a failed message, by its `key`. */
  discard(key: string): void
  loadEarlier(): Promise<void>
  /** Everything shown is read. */
  markRead(): void
}

/** `find`: the conversation, begun where there is none yet; null where that cannot be. */
export function conversationActs(find: () => Conversation | null): ConversationActs {
  function found(): Conversation {
    const conversation = find()
    if (!conversation) throw new ChatError('invalid_request', 'unable to write; no conversation is chosen')
    return conversation
  }
  return {
    sendMessage: (body, options) => found().messages.send({ ...options, body }),
    sendTypingIndicator: (isTyping = true) => (isTyping ? find()?.startTyping() : find()?.stopTyping()),
    editMessage: async (messageId, body) => found().messages.edit(messageId, body),
    deleteMessage: async (messageId) => found().messages.delete(messageId),
    react: async (messageId, emoji, isOn = true) => found().messages.react(messageId, emoji, isOn),
    retry: (key) => find()?.messages.retry(key),
    discard: (key) => find()?.messages.discard(key),
    loadEarlier: async () => find()?.messages.loadEarlier(),
    markRead: () => find()?.markRead(),
  }
}
