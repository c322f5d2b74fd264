import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { agentSignIn, createAgent } from '../../sdk/agent.js'
import type { Conversation } from '../../sdk/index.js'
import { ADMIN } from '../support/server-process.js'
import { answerParent } from './child.js'

/** An agent alone in this process, so that what it holds is the SDK's. */
const url = process.env['SOAK_URL']!
const signIn = agentSignIn({ url })
await signIn.withPassword(ADMIN.email, ADMIN.password)
const agent = createAgent({
  url,
  getToken: signIn.getToken,
  WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
  random: () => Math.random() / 20,
})
await agent.connect()
const inbox = await agent.inboxes.create({ name: 'Soak' })

let conversation: Conversation
let leave = () => {}
function newest() {
  const last = conversation.thread.getSnapshot().items.at(-1)
  return last?.kind === 'message' ? last.message.seq : 0
}

answerParent(
  {
    inboxKey: () => inbox.key,
    enter(conversationId: string) {
      leave()
      conversation = agent.conversation(conversationId)
      leave = conversation.open()
    },
    async send(bodies: string[]) {
      await Promise.all(bodies.map((body) => conversation.messages.send({ body }).sent))
    },
    newest,
    async seen(seq: number) {
      while (agent.connection.getSnapshot().phase !== 'live' || newest() < seq) await sleep(5)
    },
  },
  () => agent.close(),
)
