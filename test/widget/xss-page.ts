import { html, render } from 'lit'
import { bubble } from '../../examples/console/bubble.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { looksLikeMarkdown } from '../../widget/rich-text.js'
import { launcherTexts } from '../../widget/locale/en.js'
import { buildShell } from '../../widget/shell.js'
import { AGENT, aDraft, aHead, aMessage, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { findAll, until } from './ground.js'
import { XSS_CORPUS } from './xss-corpus.js'

const ELEMENTS = new Set(
  (
    'a article b blockquote br button code del div em form h2 header hr i li ol p parley-composer parley-thread path pre ' +
    'slot span strong svg table tbody td textarea th thead time tr ul'
  ).split(' '),
)
const ATTRIBUTES = new Set(
  (
    'class d data-letter datetime dir disabled enterkeyhint hidden href id placeholder rel role rows start style tabindex target title ' +
    'type viewBox'
  ).split(' '),
)
/** How many payloads are on the page at a time. */
const BATCH = 35
const found = new Set<string>()
const note = (what: string) => () => void found.add(what)
const traps = window as unknown as Record<string, unknown>
for (const trap of ['boom', 'alert', 'confirm', 'prompt', 'print', 'open']) traps[trap] = note(`${trap} was called`)
document.addEventListener('securitypolicyviolation', (event) =>
  found.add(`${event.violatedDirective} was violated: ${event.blockedURI} ${event.sample}`),
)
addEventListener('error', (event) => found.add(`error: ${event.message}`), true)

/** One payload in every place where somebody else's words are shown; gives what shows it. */
async function put(payload: string): Promise<Element[]> {
  const author = { ...AGENT, name: payload }
  const quoted = (aMessage(9, payload) as Extract<ReturnType<typeof aMessage>, { kind: 'message' }>).message
  const reactions = [{ emoji: payload, count: 1, own: false }]
  const theirs = { ...aMessage(1, payload, { author, editedAt: 'now' }), quoted, reactions } as ReturnType<
    typeof aMessage
  >
  const head = aHead('v1', {
    assigneeName: payload,
    subject: payload,
    lastMessage: { preview: payload, author, at: '' } as never,
  })
  const items = [theirs, aMessage(2, payload, { own: true }), aDraft('k3', payload)]
  const settings = { ...INBOX.settings, title: payload, greeting: payload }
  const [chat, conversation] = [new FakeChat(), new FakeConversation('v1', { head, items })]
  chat.known.set('v1', conversation)
  const panel = new ParleyPanel(chat, { ...INBOX, name: payload, settings } as never, () => {})
  panel.isOpen = true
  document.body.append(panel)
  await panel.updateComplete
  chat.arrive(head)
  await until(() => findAll(panel, '.more').length === 2)
  conversation.typing.replace([{ actorId: AGENT.id, name: payload }])
  chat.presence.replace(new Map([['v1', { name: payload, state: 'online', lastSeenAt: null }]]))
  findAll(panel, '.more')[0]!.click()
  await until(() => findAll(panel, '.menu').length === 1)
  findAll(panel, '.menu > button')[0]!.click()
  await until(() => findAll(panel, '.about').length === 1)

  const desk = document.createElement('div')
  const line = { kind: 'bubble', item: theirs, side: 'team', isFirst: true, isLast: true, isSeen: true }
  render(html`${bubble(line as never, { failed() {}, react() {} })}`, desk)
  const shell = buildShell(
    payload,
    launcherTexts,
    () => {},
    () => {},
  ).root
  document.body.append(desk, shell)
  return [panel, desk, shell]
}

function inspect(root: Element, payload: string): void {
  for (const element of findAll(root, '*')) {
    if (!ELEMENTS.has(element.localName)) found.add(`${element.localName} was made of ${payload}`)
    for (const { name, value } of element.attributes) {
      if (!ATTRIBUTES.has(name) && !name.startsWith('aria-')) found.add(`${name} was set by ${payload}`)
      if (name === 'style' && element.localName !== 'textarea') found.add(`a style was set by ${payload}`)
      if (name === 'href' && !/^(https?|mailto|tel):$/.test((element as HTMLAnchorElement).protocol))
        found.add(`${value} was linked by ${payload}`)
    }
  }
}

async function attack(): Promise<string[]> {
  for (let at = 0; at < XSS_CORPUS.length; at += BATCH) {
    const payloads = XSS_CORPUS.slice(at, at + BATCH)
    const shown = await Promise.all(payloads.map(put))
    // theirs, own and pending
    for (const [index, payload] of payloads.entries())
      if (looksLikeMarkdown(payload))
        await until(() => findAll(shown[index]![0]!, '.md').length === 3, `all of ${payload}`)
    payloads.forEach((payload, index) => shown[index]!.forEach((root) => inspect(root, payload)))
    for (const root of shown.flat()) root.remove()
  }
  // whatever was started has its turn
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  for (const { name } of performance.getEntriesByType('resource'))
    if (new URL(name).host !== location.host) found.add(`${name} was asked for`)
  if (document.baseURI !== location.href) found.add('the base was moved')
  return [...found]
}

traps['found'] = attack()
