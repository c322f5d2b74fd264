import { equal, test, until } from './ground.js'
import { XSS_CORPUS } from './xss-corpus.js'

type Attacked = Window & { found?: Promise<string[]> }

/** What went wrong on a page of ours that puts every payload everywhere. */
async function attackOn(path: string): Promise<string[]> {
  const frame = document.createElement('iframe')
  frame.src = path
  document.body.append(frame)
  const found = await until(() => (frame.contentWindow as Attacked).found)
  const wrong = await found
  frame.remove()
  return wrong
}

test('the corpus is large', () => {
  equal([XSS_CORPUS.length >= 200, new Set(XSS_CORPUS).size], [true, XSS_CORPUS.length])
})

test('no payload runs, makes an element or leads anywhere, on a page without a policy', async function () {
  this.timeout(60_000)
  equal(await attackOn('/xss/open'), [])
})

test('nor on a page with a strict policy and Trusted Types, which is not violated once', async function () {
  this.timeout(60_000)
  equal(await attackOn('/xss/strict'), [])
})
