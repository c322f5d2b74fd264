import { setMaxListeners } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { childOf } from '../../sdk/child-of.js'
import { createTabs } from '../../sdk/tabs.js'
import { type FakeTab, fakeBrowser } from './fake-browser.js'
import { fakeClock, settled } from './fake-clock.js'

const over = new AbortController()
setMaxListeners(0, over.signal)
afterEach(() => settled())

function aHouse() {
  const clock = fakeClock()
  const profile = fakeBrowser()
  function open({ isVisible = true, without = [] as (keyof FakeTab)[] } = {}) {
    const browser = profile.tab(isVisible)
    for (const part of without) delete browser[part]
    const heard: unknown[] = []
    const closing = childOf(over.signal)
    let isFrozen = false
    const sleep: typeof clock.sleep = async (ms, signal) => {
      await clock.sleep(ms, signal)
      if (isFrozen) await new Promise(() => {})
    }
    const tabs = createTabs({
      ...{ browser, clock: { now: clock.now, sleep }, place: 'demo', signal: closing.signal, led: () => {} },
      heard: (news) => heard.push(news),
    })
    tabs.join()
    const freeze = () => {
      isFrozen = true
      browser.freeze()
    }
    return { browser, tabs, heard, freeze, close: () => closing.abort() }
  }
  return { clock, open }
}
const leaders = (...all: { tabs: { leads(): boolean } }[]) => all.map(({ tabs }) => tabs.leads())

test('T1 of several tabs one leads, and what one tells the others hear', async () => {
  const { open } = aHouse()
  const [one, two, three] = [open(), open(), open()]
  await settled()
  expect(leaders(one, two, three)).toEqual([true, false, false])
  two.tabs.tell('news')
  await settled()
  expect([one.heard, two.heard, three.heard]).toEqual([['news'], [], ['news']])
})

test('T2 when the leader closes or is killed, the next in line leads', async () => {
  const { open } = aHouse()
  const [one, two, three] = [open(), open(), open()]
  await settled()
  one.close()
  await settled()
  expect(leaders(two, three)).toEqual([true, false])
  two.browser.kill()
  await settled()
  expect(leaders(three)).toEqual([true])
})

test('T3 a leader that is silent for 6 s is dethroned by a tab in sight, and not by one out of sight', async () => {
  const { open, clock } = aHouse()
  const one = open()
  await settled()
  const hidden = open({ isVisible: false })
  await clock.advance(20_000)
  expect(leaders(one, hidden)).toEqual([true, false])
  one.freeze()
  await clock.advance(20_000)
  expect(leaders(hidden)).toEqual([false])
  hidden.browser.show(true)
  await clock.advance(10_000)
  expect(leaders(one, hidden)).toEqual([false, true])
})

test('T3 one that beats is never dethroned', async () => {
  const { open, clock } = aHouse()
  const [one, two] = [open(), open()]
  await clock.advance(600_000)
  expect(leaders(one, two)).toEqual([true, false])
})

test('T4 a leader out of sight hands over to a tab in sight, past others that nobody sees', async () => {
  const { open, clock } = aHouse()
  const [one, unseen] = [open(), open({ isVisible: false })]
  await settled()
  one.browser.show(false)
  await clock.advance(60_000)
  expect(leaders(one, unseen)).toEqual([true, false])
  const seen = open()
  await clock.advance(10_000)
  expect(leaders(one, unseen, seen)).toEqual([false, false, true])
})

test.each([['locks'], ['BroadcastChannel']] as const)('T5 without %s each tab leads on its own', async (part) => {
  const { open } = aHouse()
  const [one, two] = [open({ without: [part] }), open({ without: [part] })]
  await settled()
  expect(leaders(one, two)).toEqual([true, true])
  expect([one.tabs.isAlone, two.tabs.isAlone]).toEqual([true, true])
})

test('T5 where locks are refused, as in a sandboxed frame, a tab leads on its own instead of asking for ever', async () => {
  const { open, clock } = aHouse()
  const { browser } = open()
  let asked = 0
  const locks = {
    request: async () => {
      asked++
      throw new DOMException('no', 'SecurityError')
    },
  } as unknown as FakeTab['locks']
  const tabs = createTabs({
    ...{ browser: { ...browser, locks }, clock, place: 'other', signal: over.signal },
    ...{ heard: () => {}, led: () => {} },
  })
  tabs.join()
  await tabs.leading()
  await clock.advance(60_000)
  expect([tabs.isAlone, asked]).toEqual([true, 1])
})

test('T2 one that signed out takes no part in who leads, until somebody signs in there', async () => {
  const { clock, open } = aHouse()
  const [one, two] = [open(), open()]
  await clock.advance(10)
  expect(leaders(one, two)).toEqual([true, false])
  one.tabs.leave()
  await clock.advance(10)
  expect(leaders(one, two)).toEqual([false, true])
  two.tabs.leave()
  await clock.advance(60_000)
  expect(leaders(one, two)).toEqual([false, false])
  one.tabs.join()
  two.tabs.join()
  await clock.advance(10)
  expect(leaders(one, two)).toEqual([true, false])
})
