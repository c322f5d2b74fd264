import { html, nothing, render } from 'lit'
import { afterUpdate } from './after-update.js'
import type { Availability } from '../sdk/index.js'
import { linkedText } from './linked-text.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { LatePanel } from './late-panel.js'
import { placeAbove } from './place.js'

/** What was heard longer ago is asked for again when the panel opens. */
const FRESH_MS = 60_000

/** Says above the composer that nobody is there, so that an answer is not waited for; the thread stays as it is. */
export function tellAvailability(panel: LatePanel): () => void {
  const { chat, inbox, composer } = panel
  const place = placeAbove(composer, 'calm')
  let known: Availability | null = null
  let askedMs = -Infinity
  let newestThen: string | undefined

  /** The newest that the team wrote. */
  const newest = () =>
    panel.conversation?.thread
      .getSnapshot()
      .items.findLast((item) => item.kind === 'message' && item.message.author.type === 'agent')?.key
  const draw = () => {
    const isAlone = known?.state === 'offline' && panel.conversation?.thread.getSnapshot().head?.status !== 'resolved'
    const words = inbox.settings.awayMessage || texts.nobody
    render(isAlone ? html`<p class="away" role="status">${linkedText(words)}</p>` : nothing, place)
  }
  const ask = async () => {
    const isAnswered = known?.state === 'offline' && newest() !== newestThen
    if (!panel.isOpen || (!isAnswered && Date.now() - askedMs < FRESH_MS)) return
    askedMs = Date.now()
    newestThen = newest()
    // who has just written is there
    if (isAnswered) known = null
    // that it is not known is no reason to say that nobody is there
    known = await chat.availability().catch(() => known)
    panel.requestUpdate()
  }
  return afterUpdate(panel, () => (void ask(), draw()))
}
