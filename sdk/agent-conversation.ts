import type { Call } from './api.js'
import type { Conversation, LiveConversation } from './conversation-host.js'

export interface AgentConversation extends Conversation {
  /** Null releases it. */
  assign(assigneeId: string | null): Promise<void>
  resolve(): Promise<void>
  reopen(): Promise<void>
}

/** Adds an agent's acts to a conversation; the same object each time. */
export function agentConversation(conversation: LiveConversation, call: Call): AgentConversation {
  const names = () => ({ conversationId: conversation.id! })
  const acts: Omit<AgentConversation, keyof Conversation> = {
    assign: async (assigneeId) =>
      conversation.acted(await call('POST assignment', { names: names(), body: { assigneeId } })),
    resolve: async () => conversation.acted(await call('POST resolve', { names: names() })),
    reopen: async () => conversation.acted(await call('POST reopen', { names: names() })),
  }
  return 'assign' in conversation
    ? (conversation as typeof conversation & typeof acts)
    : Object.assign(conversation, acts)
}
