import * as fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Conversation } from '../../sdk/index.js'
import { aVisitor, lines } from './fake-visitor.js'

beforeAll(() => void vi.stubGlobal('WebSocket', undefined))

const fate = fc.constantFrom('stored', 'stored, but unanswered', 'never arrived', 'unavailable', 'forbidden' as const)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('send' as const), tab: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('kill' as const), tab: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.nat(3_000) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('fate' as const), fate }) },
)

test('I5 I7 T8 whatever is killed whenever, each durable draft ends stored once or visibly failed, and one tab’s in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.boolean(), async (steps, isAlone) => {
      const { open, until, clock, world, rows } = aVisitor()
      const connected = async () => {
        const tab = open()
        await until(() => tab.chat.connect())
        return tab
      }
      const tabs = [await connected(), ...(isAlone ? [] : [await connected()])]
      /** What a panel shows: the newest conversation of its list, else a new one, until the page is left. */
      const shown = (tab: (typeof tabs)[number]) => {
        const [head] = tab.chat.conversations.getSnapshot().items
        const begun = begunBy.get(tab)
        if (head && !begun) return tab.chat.conversation(head.conversationId)
        const conversation = begun ?? tab.chat.newConversation()
        begunBy.set(tab, conversation)
        return conversation
      }
      const begunBy = new Map<(typeof tabs)[number], Conversation>()
      const kept: string[] = []
      const writes: Promise<void>[] = []
      for (const [at, step] of steps.entries()) {
        const number = 'tab' in step && !isAlone ? step.tab : 0
        if (step.act === 'fate') world.fate = step.fate
        if (step.act === 'wait') await clock.advance(step.ms)
        if (step.act === 'send') {
          const body = `body ${at}`
          const handle = shown(tabs[number]!).messages.send({ body })
          handle.sent.catch(() => {})
          const queued = handle.queued.then(({ durability }) => void (durability === 'durable' && kept.push(body)))
          writes.push(queued)
        }
        if (step.act === 'kill') {
          tabs[number]!.kill()
          // this kill does not end what its database was writing, which no page can read then that is open already
          await until(() => Promise.all(writes))
          tabs[number] = await connected()
        }
      }
      world.fate = 'stored'
      for (const { kill } of tabs) kill()
      const last = await connected()
      // what was refused before anything was stored waits in conversations that never began, one of each tab
      const begun = tabs.map(() => last.chat.newConversation())
      for (const conversation of begun) conversation.open()
      await until(() => {
        const conversations = [...begun.filter(({ id }) => !id), ...(rows.length ? [last.chat.conversation('c1')] : [])]
        conversations.at(-1)?.open()
        const all = conversations.flatMap(lines)
        for (const body of kept) expect(all.filter((line) => line.startsWith(`${body} `))).toHaveLength(1)
        expect(all.filter((line) => !/ (sent|failed)$/.test(line))).toEqual([])
      })
      const bodies = rows.map(({ body }) => body)
      expect(new Set(bodies).size).toBe(bodies.length)
      // tabs that write at once may begin two conversations, of which this server makes one
      const order = bodies.map((body) => Number(body.slice(5)))
      if (isAlone) expect(order).toEqual([...order].sort((one, other) => one - other))
      last.kill()
    }),
    { numRuns: Number(process.env['SCHEDULES'] ?? 40), seed: 1 },
  )
}, 120_000)

test('O2 whichever operation of the database fails, the message is stored once and nothing is held up', async () => {
  for (let failing = 0; failing < 12; failing++) {
    const { open, until, rows } = aVisitor()
    let count = 0
    const fails = (browser: ReturnType<typeof open>['browser']) => {
      const { indexedDB } = browser
      browser.indexedDB = new Proxy(indexedDB!, {
        get: (factory, name) => {
          if (name !== 'open') return Reflect.get(factory, name)
          return (...names: [string, number]) => {
            const request = factory.open(...names)
            request.addEventListener('success', () => {
              const db = request.result
              const { transaction } = db
              db.transaction = (...how) => {
                if (count++ === failing) throw new DOMException('full', 'QuotaExceededError')
                return transaction.apply(db, how)
              }
            })
            return request
          }
        },
      })
    }
    const { chat } = open(fails)
    await until(() => chat.connect())
    const conversation = chat.newConversation()
    const handles = ['one', 'two'].map((body) => conversation.messages.send({ body }))
    await until(() => Promise.all(handles.map(({ sent }) => sent)))
    expect([failing, rows.map(({ body }) => body)]).toEqual([failing, ['one', 'two']])
    await chat.close()
  }
})
