import { afterUpdate } from './after-update.js'
import type { ThreadItem } from '../sdk/index.js'
import { lateTexts as texts } from './locale/late-texts.js'
import { texts as panelTexts } from './locale/texts.js'
import { isSame, newsOf } from './news.js'
import type { LatePanel } from './late-panel.js'
import { happened } from './rows.js'

/** Of more than so many that come at once only the newest is said, and how many there are. */
const MOST = 3

/** Says aloud, once each, what others say, what happens and what could not be sent; not the history, nor what one wrote oneself. */
export function sayAloud(panel: LatePanel): () => void {
  const { thread, inbox } = panel
  const region = (role: string) => Object.assign(document.createElement('div'), { className: 'unseen', role })
  const polite = region('status')
  const urgent = region('alert')
  thread.renderRoot.append(polite, urgent)
  let before = thread.thread
  let failed = failedOf()
  let wasAway = false

  function failedOf() {
    return thread.thread?.items.filter((item) => item.kind === 'draft' && item.state === 'failed') ?? []
  }
  const wordsOf = (item: ThreadItem) => {
    if (item.kind === 'activity') return happened(item.event)
    if (item.kind === 'draft' || item.own) return ''
    return texts.said(item.message.author.name || inbox.settings.title, item.message.body)
  }
  const hear = () => {
    const now = thread.thread
    if (now === before) return
    const words = newsOf(before, now).map(wordsOf).filter(Boolean)
    const failedBefore = before && now && isSame(before, now) ? failed.map(({ key }) => key) : null
    before = now
    failed = failedOf()
    if (words.length)
      polite.textContent = [...(words.length > MOST ? [texts.unread(words.length), words.at(-1)] : words)].join('\n')
    const failure = failed.find(({ key }) => failedBefore && !failedBefore.includes(key))
    if (failure?.kind === 'draft')
      urgent.textContent = `${panelTexts.notSent} ${panelTexts.reason(failure.error?.code)}`
    else if (!failed.length) urgent.textContent = ''
  }
  // that it is away is said by the line that shows it
  const hearConnection = () => {
    const isAway = !panel.renderRoot.querySelector<HTMLElement>('.note')!.hidden
    if (wasAway && !isAway) polite.textContent = texts.back
    wasAway = isAway
  }

  const stops = [afterUpdate(thread, hear), afterUpdate(panel, hearConnection)]
  return () => stops.forEach((stop) => stop())
}
