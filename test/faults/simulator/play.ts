import { createAgent } from '../../../sdk/agent.js'
import { type Conversation, createChat } from '../../../sdk/index.js'
import { aVisitorSession, agent, seededRandom } from '../../sdk/builders.js'
import { emptyHistory, type History, messagesOf, type SendRecord, unseen } from '../history.js'
import { shownIn, type Watch, watchView } from '../watch.js'
import { calm, modelNetwork, type Trouble } from './model-network.js'
import { CONTACT } from './model-server.js'
import { virtualTime } from './virtual-time.js'

/** DELIVERY 2.12: a lost hint is found within the quiet time of a client, which is at most 60 s, and one request. */
const BOUND_MS = 65_000

/** One thing that happens. `who`: 0 the visitor, 1 and 2 agents. */
export type Step =
  | { act: 'send'; who: number }
  | { act: 'read'; who: number }
  | { act: 'wait'; ms: number }
  | { act: 'down'; ms: number }
  | { act: 'dropSockets'; code: number }
  | { act: 'calm' }

export interface Schedule {
  seed: number
  trouble: Trouble
  steps: Step[]
}

/** Plays a schedule in virtual time: the same seed and steps give the same history, to the letter. */
export async function play({ seed, trouble, steps }: Schedule): Promise<History> {
  const time = virtualTime()
  const restore = time.install()
  const random = seededRandom(seed)
  const network = modelNetwork(time, random)
  const surroundings = { url: 'http://parley.test', WebSocket: network.WebSocket, clock: time, random }
  const history = emptyHistory(BOUND_MS)
  const chat = createChat({ ...surroundings, inboxKey: 'demo', fetch: network.fetchOf({ actor: CONTACT }) })
  const agents = [1, 2].map(() =>
    createAgent({
      ...surroundings,
      fetch: network.fetchOf({ actor: agent }),
      getToken: async () => ({
        ...aVisitorSession(),
        agent: { id: agent.id!, name: 'Ada', email: 'ada@example.com', role: 'agent' },
        workspace: { id: 'workspace', name: 'A workspace' },
      }),
    }),
  )
  const watches: Watch[] = []
  const conversations: Conversation[] = [chat.newConversation()]
  let count = 0

  function send(who: number) {
    const conversation = conversations[who]!
    const place = `${who}-${++count}`
    const record: SendRecord = {
      ...{ conversationId: conversation.id ?? 'conversation-0-1', lane: `lane ${who}`, key: place },
      ...{ body: `body ${place}`, outcome: 'open', seq: null, ...unseen() },
    }
    history.sends.push(record)
    conversation.messages.send({ body: record.body, idempotencyKey: place }).sent.then(
      ({ seq }) => Object.assign(record, { outcome: 'sent', seq }),
      () => (record.outcome = 'failed'),
    )
  }
  function open(client: string, conversation: Conversation) {
    conversation.open()
    watches.push(watchView(client, conversation))
  }
  const isSettled = () => history.sends.every(({ outcome }) => outcome !== 'open')

  try {
    let isConnected = false
    void Promise.all([chat.connect(), ...agents.map((each) => each.connect())]).then(() => (isConnected = true))
    send(0)
    await time.run(60_000, () => isConnected && isSettled())
    conversations.push(...agents.map((each) => each.conversation(conversations[0]!.id!)))
    conversations.forEach((conversation, at) => open(`client ${at}`, conversation))
    await time.run(5_000)

    network.trouble = trouble
    for (const step of steps) {
      if (step.act === 'send') send(step.who)
      if (step.act === 'read') conversations[step.who]!.markRead()
      if (step.act === 'dropSockets') network.dropSockets(step.code)
      if (step.act === 'calm') network.trouble = calm
      network.isDown = step.act === 'down'
      await time.run('ms' in step ? step.ms : 20)
      network.isDown = false
    }

    network.trouble = calm
    const isCurrent = ({ conversation, view }: Watch) =>
      shownIn(conversation).at(-1)?.seq === messagesOf(network.server.logs().get(view.conversationId)!).at(-1)?.seq
    const tookMs = await time.run(2 * BOUND_MS, () => isSettled() && watches.every(isCurrent))
    for (const watch of watches) {
      watch.stop()
      watch.view.final = shownIn(watch.conversation)
      watch.view.convergedMs = isCurrent(watch) ? tookMs : null
      history.views.push(watch.view)
    }
    history.logs = network.server.logs()
    return history
  } finally {
    await Promise.all([chat.close(), ...agents.map((each) => each.close())])
    await time.run(20_000)
    restore()
  }
}
