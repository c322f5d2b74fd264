import { afterEach, expect, test, vi } from 'vitest'
import { surroundingsOf } from '../../sdk/defaults.js'

afterEach(() => void vi.unstubAllGlobals())

function aPage(visibilityState: string) {
  const page = Object.assign(new EventTarget(), { visibilityState })
  const frame = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', frame.addEventListener.bind(frame))
  let wakes = 0
  const forget = surroundingsOf({ url: 'http://parley.test' }).onWake(() => wakes++)
  const tell = (type: string) => [page, frame].forEach((target) => target.dispatchEvent(new Event(type)))
  return { tell, forget, wakes: () => wakes }
}

test.each(['online', 'offline', 'pageshow', 'resume', 'visibilitychange'])(
  'a page that is seen looks at its connection on %s',
  (type) => {
    const { tell, forget, wakes } = aPage('visible')
    tell(type)
    expect(wakes()).toBe(1)
    forget()
    tell(type)
    expect(wakes()).toBe(1)
  },
)

test('a page that nobody sees looks only when the network comes or goes', () => {
  const { tell, wakes } = aPage('hidden')
  for (const type of ['pageshow', 'resume', 'visibilitychange']) tell(type)
  expect(wakes()).toBe(0)
  tell('online')
  tell('offline')
  expect(wakes()).toBe(2)
})
