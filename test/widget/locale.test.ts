import { speak } from '../../widget/locale/texts.js'
import { turnTo } from '../../widget/turn-language.js'
import { speakLate } from '../../widget/locale/late-texts.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { aHead, aMessage, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { equal, find, findAll, teardown, test, textsOf, until } from './ground.js'

let panel: ParleyPanel
/** What the frame is told that the launcher says. */
let told: unknown[]

/** A panel in the language `tag` on a conversation of two messages, one of them long ago and own. */
async function openPanel(tag: string, texts: Record<string, string> = {}): Promise<FakeChat> {
  await speak(tag, texts)
  const chat = new FakeChat()
  const inbox = { ...INBOX, settings: { ...INBOX.settings, texts } }
  told = []
  panel = new ParleyPanel(chat, inbox, (type, detail) => type === 'texts' && told.push(detail))
  panel.isOpen = true
  panel.style.height = '500px'
  document.body.append(panel)
  const head = aHead('v1', { assigneeName: 'Ada' })
  const own = aMessage(1, 'Hello', { own: true, createdAt: '2024-03-04T10:00:00Z' })
  chat.known.set('v1', new FakeConversation('v1', { head, items: [own, aMessage(2, 'Hi')] }))
  await panel.updateComplete
  chat.arrive(head)
  // all that comes late is there
  await until(() => findAll(panel, '.more').length === 2)
  return chat
}
const all = (selector: string) => textsOf(panel, selector)
const label = (selector: string) => find(panel, selector).getAttribute('aria-label')

teardown(async () => {
  panel.end()
  await speak('en')
  await speakLate()
})

test('a panel in Arabic is tagged so, reads from the right, and has own messages on the left', async () => {
  await openPanel('ar')
  equal([panel.lang, panel.dir, getComputedStyle(find(panel, '.rows')).direction], ['ar', 'rtl', 'rtl'])
  const middle = (selector: string) => {
    const { left, right } = find(panel, selector).getBoundingClientRect()
    return (left + right) / 2
  }
  equal(middle('.own .bubble') < middle('.row:not(.own) .bubble'), true)
  equal(middle('[aria-label="إغلاق الدردشة"]') < middle('h2'), true)
  equal(middle('form button') < middle('textarea'), true)
})

test('a panel in German says everything in German, also what comes late, and is read from the left', async () => {
  const chat = await openPanel('de')
  equal([panel.lang, panel.dir], ['de', 'ltr'])
  equal(
    [all('header p')[0], label('textarea'), label('.more')],
    ['Ada antwortet', 'Nachricht schreiben…', 'Optionen der Nachricht'],
  )
  chat.presence.replace(new Map([['v1', { name: 'Ada', state: 'offline', lastSeenAt: Date.now() - 5 * 60_000 }]]))
  await until(() => all('.here')[0] === 'War vor 5 Minuten hier')
})

test('days are written as the language writes them', async () => {
  await openPanel('fr')
  equal(all('.line'), ['lundi 4 mars', 'Aujourd’hui'])
})

test('a language that is not there is English, in words and in its tag', async () => {
  await openPanel('tlh')
  equal([panel.lang, panel.dir], ['en', 'ltr'])
  equal([all('header p')[0], label('.more')], ['Ada is answering', 'Message options'])
})

test('a site words a text itself, with and without a value, and the rest stays', async () => {
  await openPanel('de', { options: 'Mehr', answering: '{0} ist für Sie da', left: 'unknown' })
  equal([all('header p')[0], label('.more')], ['Ada ist für Sie da', 'Mehr'])
  equal([panel.lang, label('form button')], ['de', 'Senden'])
})

test('what the launcher says is worded under names of its own, in the panel and in the next language', async () => {
  await openPanel('de', { 'launcher.message': 'Ask away…', unread: '{0} new', open: 'unknown', launcher: 'unknown' })
  const placeholder = () => (find(panel, 'textarea') as HTMLTextAreaElement).placeholder
  equal([placeholder(), findAll(panel, '[aria-label="Chat schließen"]').length], ['Ask away…', 1])
  await turnTo(panel, 'fr')
  await until(() => findAll(panel, '[aria-label="Fermer le chat"]').length === 1)
  const launcher = { open: 'Ouvrir le chat', unread: 'messages non lus', close: 'Fermer le chat', message: 'Ask away…' }
  equal([placeholder(), told], ['Ask away…', [launcher]])
})

test('a count that a site words itself is told with its number', async () => {
  await openPanel('de', { remaining: 'Noch {0} übrig' })
  panel.draft = 'x'.repeat(7_990)
  await until(() => all('#left')[0] === 'Noch 10 übrig')
})

test('what a site words in one language does not stay in the next', async () => {
  await openPanel('de', { options: 'Mehr' })
  panel.end()
  await openPanel('de')
  equal(label('.more'), 'Optionen der Nachricht')
})
