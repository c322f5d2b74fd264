import { WebSocket } from 'ws'
import { type AgentConversation, agentSignIn, createAgent, type Inbox } from '../../sdk/agent.js'
import type { Message, ThreadItem } from '../../sdk/index.js'
import { ADMIN } from './server-process.js'

export interface AgentDesk {
  anInbox(): Promise<Inbox>
  /** Those of an inbox, open from now on. */
  conversationsOf(inbox: Inbox): AgentConversation[]
  close(): Promise<void>
}

/** The owner's desk by the SDK in this process: what is there once is there for both sides. */
export async function openDesk(url: string): Promise<AgentDesk> {
  const signIn = agentSignIn({ url })
  await signIn.withPassword(ADMIN.email, ADMIN.password)
  const socket = WebSocket as unknown as typeof globalThis.WebSocket
  const agent = createAgent({ url, getToken: signIn.getToken, WebSocket: socket })
  await agent.connect()
  const list = agent.list('all')
  list.open()
  const opened = new Set<AgentConversation>()
  return {
    anInbox: () => agent.inboxes.create({ name: 'An inbox' }),
    conversationsOf(inbox) {
      const heads = list.store.getSnapshot().items.filter(({ inboxId }) => inboxId === inbox.id)
      const conversations = heads.map(({ conversationId }) => agent.conversation(conversationId))
      for (const conversation of conversations) {
        if (!opened.has(conversation)) conversation.open()
        opened.add(conversation)
      }
      return conversations
    },
    close: () => agent.close(),
  }
}

export const messagesOf = (items: ThreadItem[]): Message[] =>
  items.flatMap((item) => (item.kind === 'message' ? item.message : []))
