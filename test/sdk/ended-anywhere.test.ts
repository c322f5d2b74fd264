import { beforeAll, expect, test, vi } from 'vitest'
import { indexedShelf } from '../../sdk/indexed-shelf.js'
import { aVisitor } from './fake-visitor.js'

beforeAll(() => void vi.stubGlobal('WebSocket', undefined))

type Visitor = ReturnType<typeof aVisitor>
type Tab = ReturnType<Visitor['open']>

/** So many turns of promises, then of the event loop. */
const PROMISES = 30
const STEPS = 45
async function pass(steps: number) {
  for (let step = 0; step < Math.min(steps, PROMISES); step++) await null
  for (let step = PROMISES; step < steps; step++) await new Promise((resolve) => setImmediate(resolve))
}
const calledOff = () => {}

/** Answers take some turns. */
function slow({ server: { handlers } }: Visitor) {
  for (const [route, answer] of Object.entries(handlers))
    handlers[route] = (request) => pass(PROMISES + 2).then(() => answer(request))
}

async function connected({ open, until }: Visitor): Promise<Tab> {
  const tab = open()
  await until(() => tab.chat.connect())
  return tab
}
function write({ chat }: Tab) {
  const early = chat.newConversation({ continues: true })
  for (const body of ['mine', 'mine too']) early.messages.send({ body }).sent.catch(calledOff)
}
function connect(tab: Tab) {
  tab.chat.connect().catch(calledOff)
  write(tab)
  return tab
}

const proof = { getIdentityToken: () => pass(PROMISES + 2).then(() => 'a token') }

interface Case {
  title: string
  /** A tab that was there before, if any. */
  before?: (visitor: Visitor) => Promise<Tab>
  /** The first of these signs out. */
  begin: (visitor: Visitor, before: Tab) => Tab[]
}
const cases: Case[] = [
  {
    title: 'what they wrote is on its way',
    async before(visitor) {
      const tab = await connected(visitor)
      await tab.chat.newConversation().messages.send({ body: 'first' }).sent
      visitor.world.fate = 'never arrived'
      return tab
    },
    begin(_, tab) {
      write(tab)
      return [tab]
    },
  },
  {
    title: 'what they wrote is answered',
    before: connected,
    begin(_, tab) {
      tab.chat.newConversation().open()
      write(tab)
      tab.chat.conversation('c1').open()
      return [tab]
    },
  },
  { title: 'they connect for the first time', begin: ({ open }) => [connect(open())] },
  {
    title: 'they come back',
    before: connected,
    begin({ open }, before) {
      before.kill()
      return [connect(open())]
    },
  },
  {
    title: 'they come back and their site proves who they are',
    before: connected,
    begin({ open }, before) {
      before.kill()
      return [connect(open(undefined, proof))]
    },
  },
  {
    title: 'they connect for the first time and their site proves who they are',
    begin: ({ open }) => [connect(open(undefined, proof))],
  },
  { title: 'they connect in another tab', before: connected, begin: ({ open }, tab) => [tab, connect(open())] },
  {
    title: 'it is proved who they are',
    before: connected,
    begin(_, tab) {
      tab.chat.identify('a token').catch(calledOff)
      return [tab]
    },
  },
]

const runs = cases.flatMap((each) => [true, false].map((isSlow) => ({ ...each, isSlow })))

/** Has `end` end it after so many steps, each time with a visitor of their own. */
async function atEachStep(
  { before, begin, isSlow }: (typeof runs)[number],
  end: (step: number, visitor: Visitor, tabs: Tab[]) => Promise<void>,
) {
  for (let step = 0; step < STEPS; step++) {
    const visitor = aVisitor()
    if (isSlow) slow(visitor)
    const tabs = begin(visitor, (await before?.(visitor))!)
    // none at all at first: in the same turn
    if (step) await pass(step)
    await end(step, visitor, tabs)
  }
}

test.each(runs)(
  'O9 T9 at whatever moment they sign out while $title (slow network: $isSlow), nobody is signed in afterwards and nothing is kept',
  (run) =>
    atEachStep(run, async (step, { until, clock, profile }, tabs) => {
      await until(() => tabs[0]!.chat.logout())
      await clock.advance(20_000)
      const shelf = indexedShelf(profile.tab().indexedDB!, 'parley:demo')
      const kept = [...profile.strings.keys(), await shelf.secret(), ...(await shelf.all()).map(({ body }) => body)]
      const signedIn = tabs.map(({ chat }) => chat.session.getSnapshot()?.contact.id ?? null)
      // no network answers within the turn that signs out
      const listed = tabs.flatMap(({ chat }) => (run.isSlow ? chat.conversations.getSnapshot().items : []))
      const nobody = tabs.map(() => null)
      expect({ step, kept, signedIn, listed }).toEqual({ step, kept: [null], signedIn: nobody, listed: [] })
    }),
)

test.each(runs)(
  'I13 at whatever moment a client is closed while $title (slow network: $isSlow), all that it was asked for settles, and nothing is asked any more',
  (run) =>
    atEachStep(run, async (step, { clock, server: { requests } }, tabs) => {
      const { sent } = tabs.at(-1)!.chat.newConversation().messages.send({ body: 'late' })
      await Promise.all(tabs.map(({ chat }) => chat.close()))
      const asked = requests.length
      await expect(sent).rejects.toMatchObject({ code: 'aborted' })
      await clock.advance(60_000)
      const phases = tabs.map(({ chat }) => chat.connection.getSnapshot().phase)
      expect({ step, phases, late: requests.slice(asked) }).toEqual({
        step,
        phases: tabs.map(() => 'closed'),
        late: [],
      })
    }),
)
