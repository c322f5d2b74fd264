import { IDBFactory } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { indexedShelf } from '../../sdk/indexed-shelf.js'
import { type KeptDraft, memoryShelf, type Shelf, stackShelves } from '../../sdk/shelf.js'
import { textShelf } from '../../sdk/text-shelf.js'
import { fakeClock } from './fake-clock.js'

const aDraft = (idempotencyKey: string, draft: Partial<KeptDraft> = {}): KeptDraft => ({
  idempotencyKey,
  ...{
    body: `body of ${idempotencyKey}`,
    conversationId: 'c1',
    startKey: 's1',
    subject: null,
    ordinal: 1,
    revision: 1,
  },
  ...{ failure: null, personId: null, isProven: false, writtenAtMs: null, leasedUntilMs: 0 },
  ...draft,
})

function aText(limit = Infinity) {
  const strings = new Map<string, string>()
  const shelf = () =>
    textShelf(
      {
        get: (key) => strings.get(key) ?? null,
        set(key, value) {
          if (value.length > limit) throw new DOMException('full', 'QuotaExceededError')
          strings.set(key, value)
        },
        remove: (key) => void strings.delete(key),
      },
      'parley:demo:drafts',
    )
  return { strings, shelf }
}
const broken = (): Shelf => {
  const fail = () => Promise.reject(new DOMException('no', 'UnknownError'))
  return { durability: 'durable', keep: fail, forget: fail, all: fail, secret: fail, keepSecret: fail, purge: fail }
}
const keys = (drafts: KeptDraft[]) => drafts.map(({ idempotencyKey }) => idempotencyKey)
const factory = new IDBFactory()
let count = 0

test.each<[string, () => () => Shelf]>([
  [
    'IndexedDB',
    () => {
      const name = `place ${++count}`
      return () => indexedShelf(factory, name)
    },
  ],
  ['a storage of strings', () => aText().shelf],
])('O1 what %s keeps is there for the next page, until it is forgotten', async (_, make) => {
  const open = make()
  await open().keep(aDraft('k1'))
  await open().keep(aDraft('k2'))
  await open().keep(aDraft('k2', { failure: 'forbidden', revision: 2 }))
  expect(await open().all()).toEqual([aDraft('k1'), aDraft('k2', { failure: 'forbidden', revision: 2 })])
  await open().forget('k1')
  expect(keys(await open().all())).toEqual(['k2'])
  await open().purge()
  expect(await open().all()).toEqual([])
})

test('O1 IndexedDB says that a draft is kept once it is on the disk, not once it was asked to', async () => {
  const asked: unknown[] = []
  const spied = new Proxy(factory, {
    get: (target, name) => {
      if (name !== 'open') return Reflect.get(target, name)
      return (...names: [string, number]) => {
        const request = target.open(...names)
        request.addEventListener('success', () => {
          const { transaction } = request.result
          request.result.transaction = (...how) => (asked.push(how[2]), transaction.apply(request.result, how))
        })
        return request
      }
    },
  })
  await indexedShelf(spied, 'strict').keep(aDraft('k1'))
  expect(asked).toEqual([{ durability: 'strict' }])
})

test('O1 a database that somebody opened before us, without our stores, is mended for all tabs', async () => {
  const opened = factory.open('empty', 3)
  await new Promise((resolve) => (opened.onsuccess = resolve))
  opened.result.close()
  const tabs = [indexedShelf(factory, 'empty'), indexedShelf(factory, 'empty')]
  await Promise.all(tabs.map((tab, at) => tab.keep(aDraft(`k${at}`))))
  await tabs[0]!.keepSecret('secret')
  for (const tab of [...tabs, indexedShelf(factory, 'empty')]) {
    expect(keys(await tab.all())).toEqual(['k0', 'k1'])
    expect(await tab.secret()).toBe('secret')
  }
})

test('O1 a database that lacks one of our stores keeps what is in the other', async () => {
  const shelf = indexedShelf(factory, 'half')
  const opened = factory.open('half', 1)
  opened.onupgradeneeded = () =>
    opened.result.createObjectStore('drafts', { keyPath: 'idempotencyKey' }).put(aDraft('k1'))
  await new Promise((resolve) => (opened.onsuccess = resolve))
  opened.result.onversionchange = () => opened.result.close()
  await shelf.keepSecret('secret')
  expect(keys(await shelf.all())).toEqual(['k1'])
})

test('O2 each draft goes to the best shelf that takes it, and says which that was', async () => {
  const clock = fakeClock()
  const indexed = indexedShelf(factory, 'stacked')
  const text = aText(600)
  const of = (...shelves: Shelf[]) => stackShelves([...shelves, memoryShelf()], clock, () => {})
  expect(await of(indexed, text.shelf()).keep(aDraft('k1'))).toBe('durable')
  const half = of(broken(), text.shelf())
  expect(await half.keep(aDraft('k2'))).toBe('session')
  // the storage is full: this one only, and what stands there stays
  expect(await half.keep(aDraft('k3', { body: 'x'.repeat(600) }))).toBe('memory')
  expect(await half.keep(aDraft('k4'))).toBe('session')
  expect(keys(await half.all())).toEqual(['k2', 'k4', 'k3'])
  expect(await of(broken()).keep(aDraft('k5'))).toBe('memory')
})

test('O2 a storage of strings takes no more than 200 kB, a quota of zero takes nothing', async () => {
  const text = aText().shelf()
  await text.keep(aDraft('k1', { body: 'x'.repeat(199_000) }))
  await expect(text.keep(aDraft('k2', { body: 'x'.repeat(2_000) }))).rejects.toThrow('there are too many')
  expect(keys(await text.all())).toEqual(['k1'])
  await expect(aText(0).shelf().keep(aDraft('k1'))).rejects.toMatchObject({ name: 'QuotaExceededError' })
})

test('O2 a database that never answers holds nothing up for longer than two seconds', async () => {
  const clock = fakeClock()
  const mute = { open: () => ({}) } as unknown as IDBFactory
  const kept = stackShelves([indexedShelf(mute, 'mute'), memoryShelf()], clock, () => {}).keep(aDraft('k1'))
  await clock.advance(2_000)
  expect(await kept).toBe('memory')
})

test('O3 of two copies the newer counts, and a draft that was forgotten is on no shelf', async () => {
  const clock = fakeClock()
  const [upper, lower] = [memoryShelf(), memoryShelf()]
  const stack = stackShelves([upper, lower], clock, () => {})
  await upper.keep(aDraft('k1', { revision: 1 }))
  await lower.keep(aDraft('k1', { revision: 2, failure: 'forbidden' }))
  expect(await stack.all()).toMatchObject([{ revision: 2, failure: 'forbidden' }])
  await stack.forget('k1')
  expect([await upper.all(), await lower.all()]).toEqual([[], []])
})

test('O3 what stands there damaged is nothing, not an error', async () => {
  const { strings, shelf } = aText()
  for (const damage of ['{', '5', 'null', '']) {
    strings.set('parley:demo:drafts', damage)
    expect(await shelf().all()).toEqual([])
  }
})
