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
    const { conversationId, head } = panel.conversation?.thread.getSnapshot() ?? {}
    // what the header says of the one who answers is the news of the two
    const isMet = (chat.presence.getSnapshot().get(conversationId ?? '')?.state ?? 'offline') !== 'offline'
    const isAlone = known?.state === 'offline' && !isMet && head?.status !== 'resolved'
    const words = inbox.settings.awayMessage || texts.nobody
    render(isAlone ? html`<p class="away" role="status">${linkedText(words)}</p>` : nothing, place)
  }
  const ask = async () => {
    // who has just written is there, though the server may not know it yet
    if (known?.state === 'offline' && newest() !== newestThen) {
      known = null
      askedMs = Date.now()
    }
    if (!panel.isOpen || Date.now() - askedMs < FRESH_MS) return
    askedMs = Date.now()
    newestThen = newest()
    // that it is not known is no reason to say that nobody is there
    known = await chat.availability().catch(() => known)
    panel.requestUpdate()
  }
  const stops = [chat.presence.subscribe(draw), afterUpdate(panel, () => (void ask(), draw()))]
  return () => stops.forEach((stop) => stop())
}
