import { sendKeys } from '@web/test-runner-commands'
import { speak } from '../../widget/locale/texts.js'
import type { ParleyPanel } from '../../widget/parley-panel.js'
import { aMessage, type FakeConversation } from './fake-chat.js'
import { equal, find, findAll, focused, teardown, test, textsOf, until } from './ground.js'
import { openThread } from './open-thread.js'

let panel: ParleyPanel
let conversation: FakeConversation

async function show() {
  ;({ panel, conversation } = await openThread({ items: [aMessage(1, 'Hi')] }))
  panel.focus()
}
const field = () => find(panel, 'textarea') as HTMLTextAreaElement
const button = () => find(panel, 'parley-composer [aria-expanded]')
const type = (text: string) => sendKeys({ type: text })
const press = (key: string) => sendKeys({ press: key })
const picker = () => findAll(panel, 'parley-emoji-picker')[0]
const options = () => textsOf(panel, '[role=option]').map((text) => text.replace(/\s*:/, ' :'))
/** The picker, open and with the focus in its search. */
async function openPicker() {
  button().click()
  await until(() => picker() && findAll(picker()!, '.category button').length > 20)
  return picker()!
}
/** What its search says while nothing is typed, its first group, and whence it is read. */
const said = () => {
  const root = find(picker()!, '#root')
  const [search, group] = [find(root, 'input') as HTMLInputElement, find(root, '#nav button')]
  return [search.placeholder, group.ariaLabel, root.dir]
}
const choose = (label: string) => find(picker()!, `.category button[aria-label="${label}"]`).click()

teardown(async () => {
  panel.end()
  await speak('en')
  localStorage.clear()
})

test('the button opens a picker with the focus in its search; Escape closes it and gives the focus back', async () => {
  await show()
  equal([button().ariaExpanded, button().getBoundingClientRect().width], ['false', 44])
  await openPicker()
  await until(() => focused()?.localName === 'input')
  equal(button().ariaExpanded, 'true')
  let leaked = 0
  panel.addEventListener('keydown', () => leaked++)
  await press('Escape')
  await until(() => !picker())
  equal([button().ariaExpanded, focused() === button(), leaked], ['false', true, 0])
})

test('what is picked comes to the caret, and one types on behind it', async () => {
  await show()
  await type('Hello world')
  field().setSelectionRange(5, 5)
  await openPicker()
  choose('😀')
  await until(() => !picker())
  await type('!')
  equal([field().value, panel.draft, focused() === field()], ['Hello😀! world', 'Hello😀! world', true])
})

test('the picker asks no other host for anything, keeps nothing in storage and needs no style element', async () => {
  await show()
  localStorage.clear()
  await openPicker()
  choose('😀')
  const hosts = new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).host))
  equal([[...hosts], localStorage.length, findAll(panel, 'style').length], [[location.host], 0, 0])
})

test('the picker speaks the language of the panel, which is fetched when it is opened and not before', async () => {
  performance.clearResourceTimings()
  await speak('de')
  await show()
  const opened = performance.now()
  await openPicker()
  const fetched = await until(() =>
    performance.getEntriesByType('resource').find(({ name }) => name.includes('de-emoji')),
  )
  equal([said(), fetched.startTime >= opened], [['Suchen', 'Smileys & Personen', 'ltr'], true])
})

test('a picker that is opened after the language was turned speaks the new one', async () => {
  await speak('de')
  await show()
  await openPicker()
  button().click()
  await speak('fr')
  await openPicker()
  equal(said(), ['Rechercher', 'Smileys & Personnes', 'ltr'])
})

test('in Arabic and Hebrew the picker is read from the right: search, groups and emoji', async () => {
  for (const [tag, search] of [
    ['ar', 'البحث'],
    ['he', 'חיפוש'],
  ] as const) {
    await speak(tag)
    await show()
    await openPicker()
    const [groups, emoji] = ['#nav button', '.category button'].map((selector) =>
      findAll(picker()!, selector).map((each) => each.getBoundingClientRect().left),
    )
    const glass = find(picker()!, '.loupe').getBoundingClientRect()
    const field = find(picker()!, 'input').getBoundingClientRect()
    equal([said()[0], said()[2]], [search, 'rtl'])
    equal([groups![0]! > groups!.at(-1)!, emoji![0]! > emoji![1]!], [true, true])
    equal(glass.left > field.left + field.width / 2, true)
    panel.end()
  }
})

test('where emoji are read from the right, the arrow to the left goes to the next', async () => {
  await speak('ar')
  await show()
  await openPicker()
  await until(() => focused()?.localName === 'input')
  const chosen = () => findAll(picker()!, '.category button').findIndex((each) => each.ariaSelected === 'true')
  await press('ArrowDown')
  await until(() => chosen() === 0)
  await press('ArrowLeft')
  await until(() => chosen() === 1)
  await press('ArrowRight')
  await until(() => chosen() === 0)
})

test('where the words of a language do not come, the picker speaks English', async () => {
  await speak('nl')
  await show()
  await openPicker()
  equal(said(), ['Search', 'Smileys & People', 'ltr'])
})

test('the picker is as dark as the panel', async () => {
  await show()
  const themeOf = async (surface: string) => {
    panel.style.setProperty('--parley-surface', surface)
    const theme = find(await openPicker(), '#root').dataset['theme']
    button().click()
    return theme
  }
  equal([await themeOf('#102030'), await themeOf('#fffbe6')], ['dark', 'light'])
})

test('a reaction that is not in the short row is picked, and the focus is back at the message', async () => {
  await show()
  find(panel, '.more').click()
  await until(() => findAll(panel, '.menu').length === 1)
  find(panel, '.menu [aria-label="React with another emoji"]').click()
  await until(() => picker() && findAll(picker()!, '.category button').length > 20)
  choose('😀')
  await until(() => !picker())
  equal([conversation.asked.at(-1), field().value, focused() === find(panel, '.more')], ['react m1 😀 true', '', true])
})

test('a begun shortcode lists five at most; arrows choose, Enter takes and does not send', async () => {
  await show()
  await type('so :smi')
  await until(() => options().length === 5)
  equal([field().getAttribute('aria-activedescendant'), options()[0]], ['code0', '😃 :smiley:'])
  await press('ArrowDown')
  await press('ArrowDown')
  await press('ArrowUp')
  equal(textsOf(panel, '[aria-selected=true]')[0]!.endsWith(':smile:'), true)
  await press('Enter')
  await until(() => options().length === 0)
  equal([field().value, field().hasAttribute('aria-activedescendant')], ['so 😄 ', false])
  equal(conversation.asked.includes('send so 😄'), false)
  await press('Enter')
  await until(() => conversation.asked.includes('send so 😄'))
})

test('Tab takes as well, so does a click; Escape only closes the list', async () => {
  await show()
  await type(':thumbsu')
  await until(() => options().length > 0)
  await press('Tab')
  equal([field().value, focused() === field()], ['👍 ', true])
  await type(':tad')
  await until(() => options().length > 0)
  find(panel, '[role=option]').click()
  equal(field().value, '👍 🎉 ')
  await type(':tad')
  await until(() => options().length > 0)
  await press('Escape')
  equal([options().length, field().value], [0, '👍 🎉 :tad'])
})

test('a whole shortcode becomes its emoji; times, addresses and unknown codes stay', async () => {
  await show()
  await type('x :tad')
  await until(() => options().length > 0)
  await type('a: at 10:30:15 https://a:80: :nosuch: ')
  await until(() => field().value === 'x 🎉 at 10:30:15 https://a:80: :nosuch: ')
})
