import * as fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import { aVisitor, lines } from './fake-visitor.js'

beforeAll(() => void vi.stubGlobal('WebSocket', undefined))

const fate = fc.constantFrom('stored', 'stored, but unanswered', 'never arrived', 'unavailable', 'forbidden' as const)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('send' as const), tab: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('kill' as const), tab: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.nat(3_000) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('fate' as const), fate }) },
)

test('I7 T8 whatever is killed whenever, each durable draft ends stored once or visibly failed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const { open, until, clock, world, rows } = aVisitor()
      const connected = async () => {
        const tab = open()
        await until(() => tab.chat.connect())
        return tab
      }
      const tabs = [await connected(), await connected()]
      await tabs[0]!.chat.newConversation().messages.send({ body: 'first' }).sent
      const kept: string[] = []
      for (const [at, step] of steps.entries()) {
        if (step.act === 'fate') world.fate = step.fate
        if (step.act === 'wait') await clock.advance(step.ms)
        if (step.act === 'send') {
          const handle = tabs[step.tab]!.chat.conversation('c1').messages.send({ body: `body ${at}` })
          handle.sent.catch(() => {})
          void handle.queued.then(({ durability }) => durability === 'durable' && kept.push(`body ${at}`))
        }
        if (step.act === 'kill') {
          tabs[step.tab]!.kill()
          tabs[step.tab] = await connected()
        }
      }
      world.fate = 'stored'
      for (const { kill } of tabs) kill()
      const last = await connected()
      const conversation = last.chat.conversation('c1')
      conversation.open()
      await until(() => {
        const shown = lines(conversation)
        for (const body of kept) expect(shown.filter((line) => line.startsWith(`${body} `))).toHaveLength(1)
        expect(shown.filter((line) => !/ (sent|failed)$/.test(line))).toEqual([])
      })
      const bodies = rows.map(({ body }) => body)
      expect(new Set(bodies).size).toBe(bodies.length)
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
