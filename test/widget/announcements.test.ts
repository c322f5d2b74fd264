import { ChatError, type Message, type ThreadItem } from '../../sdk/index.js'
import { aDraft, AGENT, aHead, aMessage, type FakeConversation } from './fake-chat.js'
import { equal, find, findAll, teardown, test, until } from './ground.js'
import { clearStage, thread } from './states.js'

const REGION = '[role=status], [role=alert], [role=log], [aria-live]'

/** What a screen reader is given to say, in order: whenever a live region in sight has other words. */
function listen(widget: Element): { said: () => string[]; stop: () => void } {
  const all: string[] = []
  const hear = (records: MutationRecord[]) => {
    const changed = records.flatMap(({ target, addedNodes }) => [target, ...addedNodes])
    const regions = changed.map((node) => (node instanceof Element ? node : node.parentElement)?.closest(REGION))
    for (const region of new Set(regions)) {
      if (!region?.checkVisibility() || region.ariaLive === 'off') continue
      const words = region.textContent!.trim().replace(/\s+/g, ' ')
      if (words) all.push(`${region.role === 'alert' ? 'at once: ' : ''}${words}`)
    }
  }
  const trees = [widget, ...findAll(widget, '*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])
  const observers = trees.map((tree) => {
    const observer = new MutationObserver(hear)
    observer.observe(tree, { childList: true, characterData: true, subtree: true, attributeFilter: ['hidden'] })
    return observer
  })
  return { said: () => all.splice(0), stop: () => observers.forEach((observer) => observer.disconnect()) }
}

let stop = () => {}
let said: () => string[]
let show: Awaited<ReturnType<typeof thread>>
let conversation: FakeConversation

const history = [aMessage(1, 'Hello', { own: true }), aMessage(2, 'Hi'), aMessage(3, 'How are you?')]

async function listenTo(items: ThreadItem[], given: Parameters<typeof thread>[0] = {}) {
  show = await thread({ items, ...given })
  conversation = show.conversation
  const ears = listen(show.widget)
  stop = ears.stop
  said = ears.said
}
/** Puts these behind what is there, and waits until they are drawn. */
async function come(...more: ThreadItem[]) {
  await turnTo([...conversation.thread.getSnapshot().items, ...more])
}
async function turnTo(items: ThreadItem[]) {
  conversation.thread.set({ items })
  const panel = await show.panel()
  await panel.updateComplete
  await panel.thread.updateComplete
  await frame()
}
// what was changed is heard within the frame
const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
const activity = (seq: number, type: string, data: object) =>
  ({ kind: 'activity', key: `e${seq}`, event: { seq, type, at: new Date().toISOString(), data } }) as never
const failed = (key: string) => aDraft(key, 'Lost?', 'failed', new ChatError('network', 'unable to send; offline'))

teardown(() => {
  stop()
  clearStage()
})

test('what was said before is not read out, and neither is what is fetched of it later', async () => {
  await listenTo([aMessage(8, 'Newer')], { hasEarlier: true })
  await turnTo([...history, aMessage(8, 'Newer')])
  equal(said(), [])
})

test('turning from a new conversation to an old one reads nothing of the old one', async () => {
  await listenTo([aMessage(1, 'Hi')])
  const panel = await show.panel()
  panel.startConversation()
  await panel.updateComplete
  await frame()
  panel.show(conversation)
  await turnTo(history)
  equal(said(), [])
})

test('a message of others is said once with its author, one’s own not at all', async () => {
  await listenTo(history)
  await come(aMessage(4, 'Yes, in blue'))
  await come(aDraft('key5', 'Thanks'))
  await turnTo([...conversation.thread.getSnapshot().items.slice(0, -1), aMessage(5, 'Thanks', { own: true })])
  conversation.thread.set({
    receipts: [
      { conversationId: 'v1', actor: { type: 'agent', id: 'a1' }, deliveredSeq: 5, readSeq: 5, readMessageNo: 5 },
    ],
  })
  await frame()
  equal(said(), ['Ada: Yes, in blue'])
})

test('messages that come at once are all said; of a great many the newest, and how many they are', async () => {
  await listenTo(history)
  await come(aMessage(4, 'One'), aMessage(5, 'Two'))
  equal(said(), ['Ada: One Ada: Two'])
  await come(...Array.from({ length: 9 }, (_, at) => aMessage(6 + at, `Number ${at}`)))
  equal(said(), ['9 unread messages Ada: Number 8'])
})

test('the first answer in a new conversation is said', async () => {
  await listenTo([])
  const panel = await show.panel()
  panel.startConversation()
  await panel.updateComplete
  await frame()
  conversation = show.chat.started[0]!
  await come(aDraft('key1', 'Anyone?'))
  conversation.thread.set({ conversationId: 'v9' })
  await turnTo([aMessage(1, 'Anyone?', { own: true }), aMessage(2, 'Here')])
  equal(said(), ['Ada: Here'])
})

test('that somebody types is said once a spell', async () => {
  await listenTo(history)
  for (let beat = 0; beat < 3; beat++) {
    conversation.typing.replace([{ actorId: AGENT.id, name: AGENT.name }])
    await frame()
  }
  equal(said(), ['Ada is typing…'])
  conversation.typing.replace([])
  await come(aMessage(4, 'Done'))
  equal(said(), ['Ada: Done'])
})

test('a lost connection is said once, and once that it is back', async () => {
  await listenTo(history)
  for (const phase of ['reconnecting', 'connecting', 'reconnecting'] as const) show.chat.connection.set({ phase })
  await until(() => !find(show.widget, '.note').hidden)
  show.chat.connection.set({ phase: 'connecting' })
  await frame()
  equal(said(), ['Reconnecting… what you write is kept and will be sent'])
  show.chat.connection.set({ phase: 'live' })
  await until(() => find(show.widget, '.note').hidden)
  await frame()
  equal(said(), ['Connected again'])
})

test('an absence too short to be shown is not spoken of', async () => {
  await listenTo(history)
  show.chat.connection.set({ phase: 'reconnecting' })
  show.chat.connection.set({ phase: 'live' })
  await frame()
  equal(said(), [])
})

test('what could not be sent is said at once and once, also while others go on', async () => {
  await listenTo(history)
  await come(aDraft('k9', 'Lost?'))
  await turnTo([...history, failed('k9')])
  equal(said(), ['at once: Not sent. There is no connection.'])
  await turnTo([...history, aMessage(4, 'Are you there?'), failed('k9')])
  equal(said(), ['Ada: Are you there?'])
  await turnTo([...history, aMessage(4, 'Are you there?'), aDraft('k9', 'Lost?')])
  await turnTo([...history, aMessage(4, 'Are you there?'), failed('k9')])
  equal(said(), ['at once: Not sent. There is no connection.'])
})

test('what had failed before the conversation was opened is not said', async () => {
  await listenTo([...history, failed('k9')])
  await turnTo([...history, aMessage(4, 'Hm'), failed('k9')])
  equal(said(), ['Ada: Hm'])
})

test('that an agent joined, and that it is resolved, is said once each', async () => {
  await listenTo(history)
  await come(activity(4, 'conversation.assigned', { assigneeName: 'Bo' }))
  equal(said(), ['Bo joined'])
  conversation.thread.set({ head: aHead('v1', { status: 'resolved' }) })
  await come(activity(5, 'conversation.status_changed', { from: 'open', to: 'resolved' }))
  equal(said(), ['Resolved'])
  await come(activity(6, 'conversation.priority_changed', { to: 'high' }))
  equal(said(), [])
})

test('reactions, edits and deletions are seen and not said', async () => {
  await listenTo(history)
  const [first, second, third] = history as Extract<ThreadItem, { kind: 'message' }>[]
  const changed = (item: typeof first, changes: Partial<Message>) =>
    ({ ...item!, message: { ...item!.message, ...changes } }) as ThreadItem
  const reactions = [{ emoji: '🎉', actorIds: ['a1'] }]
  await turnTo([changed(first, { reactions }), second!, third!])
  await turnTo([first!, changed(second, { body: 'Hi!', editedAt: 'now', revSeq: 9 }), third!])
  await turnTo([first!, second!, changed(third, { deletedAt: 'now', revSeq: 10 })])
  equal(said(), [])
})
