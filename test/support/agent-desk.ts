import { WebSocket } from 'ws'
import { type AgentClient, agentSignIn, createAgent, type Inbox } from '../../sdk/agent.js'
import type { ThreadItem } from '../../sdk/index.js'
import { ADMIN } from './server-process.js'

export interface AgentDesk {
  agent: AgentClient
  anInbox(): Promise<Inbox>
  /** The conversations of an inbox, each as the agent is shown its messages. What is read once stays open. */
  threadsOf(inboxId: string): ThreadItem[][]
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
  const opened = new Set<string>()
  return {
    agent,
    anInbox: () => agent.inboxes.create({ name: 'An inbox' }),
    threadsOf: (inboxId) =>
      list.store
        .getSnapshot()
        .items.filter((head) => head.inboxId === inboxId)
        .map(({ conversationId }) => {
          const conversation = agent.conversation(conversationId)
          if (!opened.has(conversationId)) conversation.open()
          opened.add(conversationId)
          return conversation.thread.getSnapshot().items.filter(({ kind }) => kind !== 'activity')
        }),
    close: () => agent.close(),
  }
}

/** Only what somebody wrote, in its order. */
export const bodiesOf = (items: readonly ThreadItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'message' ? item.message.body : item.kind === 'draft' ? item.body : []))
