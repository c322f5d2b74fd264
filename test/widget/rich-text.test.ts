import type { ParleyPanel } from '../../widget/parley-panel.js'
import { aDraft, aMessage, type FakeConversation } from './fake-chat.js'
import { equal, find, findAll, teardown, test, textsOf, until } from './ground.js'
import { openThread } from './open-thread.js'

let panel: ParleyPanel
let conversation: FakeConversation

async function show(...items: ReturnType<typeof aMessage>[]) {
  ;({ panel, conversation } = await openThread({ items }))
}
async function drawn(count = 1): Promise<HTMLElement[]> {
  await until(() => findAll(panel, '.md').length === count)
  return findAll(panel, '.md')
}
const fetched = (part: string) => performance.getEntriesByType('resource').some(({ name }) => name.includes(part))

teardown(() => panel.end())

test('plain text, addresses, snake_case and lone marks do not fetch markdown', async () => {
  const bodies = ['Hi! 2 * 3 = 6', 'see https://shop.example/a_b_c', 'a #tag, 50% off - now', 'x < y > z | w']
  await show(...bodies.map((body, at) => aMessage(at + 1, body)))
  await panel.updateComplete
  equal([textsOf(panel, '.row:not(.greeting) .text'), fetched('widget/markdown.ts')], [bodies, false])
})

test('markdown of both sides, also of what is not sent yet, is drawn', async () => {
  await show(aMessage(1, '**bold** and _soft_'), aMessage(2, '`code`', { own: true }), aDraft('k3', '~~gone~~'))
  const html = (await drawn(3)).map((one) => one.innerHTML.trim())
  equal(html, ['<p><strong>bold</strong> and <em>soft</em></p>', '<p><code>code</code></p>', '<p><del>gone</del></p>'])
})

test('lists, quotes, code, tables and line breaks are drawn; headings are bold lines', async () => {
  await show(
    aMessage(1, '# Sizes\none\ntwo\n\n3. a\n4. b\n\n- [x] c\n\n> q\n\n|a|b|\n|-|-|\n|1|2|\n\n***\n\n```js\n<b>\n```'),
  )
  const [md] = await drawn()
  const tags = [...md!.querySelectorAll('*')].map(({ localName }) => localName)
  for (const tag of ['strong', 'br', 'ol', 'ul', 'blockquote', 'table', 'hr', 'pre'])
    if (!tags.includes(tag)) throw new Error(`there is no ${tag}`)
  equal([tags.includes('h1'), tags.includes('input')], [false, false])
  equal([md!.querySelector('ol')!.start, md!.querySelector('pre code')!.textContent], [3, '<b>\n'])
  equal(md!.querySelector('ul')!.textContent!.trim(), '☑ c')
})

test('links lead away safely; of other protocols and of pictures only words or a link are left', async () => {
  const odd = '[c](javascript:alert(1)) [d](/path) [e](data:text/html,x) ![f](https://x.example/f.png)'
  await show(aMessage(1, `[a](https://x.example) [b](mailto:b@x.example) [t](tel:+1) ${odd}`))
  const [md] = await drawn()
  const links = [...md!.querySelectorAll<HTMLAnchorElement>('a[href]')]
  equal(
    links.map((link) => [link.textContent, link.protocol, link.target, link.rel]),
    [
      ['a', 'https:'],
      ['b', 'mailto:'],
      ['t', 'tel:'],
      ['f', 'https:'],
    ].map((one) => [...one, '_blank', 'noopener noreferrer nofollow']),
  )
  equal([md!.textContent!.trim(), md!.querySelector('img')], ['a b t c d e f', null])
})

test('raw HTML is text', async () => {
  await show(aMessage(1, '<b onclick=x>**hi**</b>\n<script>x</script>'))
  const [md] = await drawn()
  equal(
    md!.innerHTML.trim(),
    '<p>&lt;b onclick=x&gt;<strong>hi</strong>&lt;/b&gt;<br>&lt;script&gt;x&lt;/script&gt;</p>',
  )
})

test('what nobody can mean is shown as it was written', async () => {
  const deep = '>'.repeat(8_000)
  await show(aMessage(1, `${deep} *x*`), aMessage(2, '*y*'))
  await drawn(1)
  equal(textsOf(panel, '.row:not(.greeting) .text')[0], `${deep} *x*`)
})

test('a message is drawn once: nothing but an edit draws it again', async () => {
  const before = aMessage(1, '*a*')
  await show(before)
  const [md] = await drawn()
  conversation.thread.set({
    items: [{ ...before, reactions: [{ emoji: '👍', count: 1, own: false }] } as typeof before],
  })
  await until(() => findAll(panel, '.below [aria-pressed]').length === 1)
  equal(find(panel, '.md') === md, true)
  conversation.thread.set({ items: [aMessage(1, '*b*', { editedAt: 'now' })] })
  await until(() => textsOf(panel, '.md')[0] === 'b')
})

test('a pending message and its stored one keep the same drawing', async () => {
  await show(aDraft('key7', '*same*'))
  const [md] = await drawn()
  conversation.thread.set({ items: [aMessage(7, '*same*', { own: true })] })
  await until(() => findAll(panel, '.pending').length === 0)
  equal(find(panel, '.md') === md, true)
})

test('when markdown comes while one reads above, nothing moves', async () => {
  await show(...Array.from({ length: 40 }, (_, at) => aMessage(at + 1, `message ${at}`)))
  const scroller = find(panel, '.scroller')
  scroller.scrollTop = -400
  await until(() => findAll(panel, '.jump').length === 1)
  const row = findAll(panel, '.rows > div').at(-15)!
  const before = row.getBoundingClientRect().top
  const items = [...conversation.thread.getSnapshot().items, aMessage(41, '# a\n\n- b\n- c\n\n```\nd\n```')]
  conversation.thread.set({ items })
  await drawn()
  equal(Math.abs(row.getBoundingClientRect().top - before) < 1, true)
})

test('one to three emoji alone are large; more, or with a word, are not', async () => {
  const large = ['👍', '👩‍👩‍👧‍👦 🇨🇭', '❤️👍🏽🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣']
  await show(...[...large, '👍👍👍👍', 'ok 👍', '12', '#'].map((body, at) => aMessage(at + 1, body)))
  await until(() => findAll(panel, '.large').length > 0)
  equal(textsOf(panel, '.large'), large)
})

test('code is copied by its button, which says so', async () => {
  let copied = ''
  const writeText = navigator.clipboard.writeText
  navigator.clipboard.writeText = async (text) => void (copied = text)
  await show(aMessage(1, '```\nnpm i\n```'))
  await drawn()
  const button = find(panel, '.md pre button')
  equal([button.ariaLabel, button.textContent], ['Copy code', 'Copy'])
  button.click()
  await until(() => button.textContent === 'Copied')
  navigator.clipboard.writeText = writeText
  equal(copied, 'npm i\n')
})
