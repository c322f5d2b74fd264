import { adoptStyles } from './adopt-styles.js'
import { PhoneViewport } from './controllers/phone-viewport.js'
import { ScrollAnchor } from './controllers/scroll-anchor.js'
import { sayAloud } from './aloud.js'
import { askRating } from './rating.js'
import { askVisitor } from './visitor-form.js'
import { keepFocus } from './keep-focus.js'
import { keepText } from './kept-text.js'
import { lateStyles } from './late.styles.js'
import { heedMode } from './mode.js'
import { notice } from './noticing.js'
import { speakLate } from './locale/late-texts.js'
import { keepShort } from './long-thread.js'
import { dressMessages } from './message-acts.js'
import { messageActsStyles } from './message-acts.styles.js'
import { tellNewest } from './newest.js'
import type { LatePanel } from './late-panel.js'
import { tellAvailability } from './availability.js'
import { beginAnew, tellReading } from './reading.js'
import { markUnread } from './unread-line.js'
import { showWayHome } from './way-home.js'

/** In this order: what was unread is marked before it is told as read; each place above the composer is below those before; the focus is looked after once all else is drawn. */
const features = [
  keepShort,
  markUnread,
  tellReading,
  tellNewest,
  sayAloud,
  askRating,
  tellAvailability,
  askVisitor,
  dressMessages,
  keepText,
  showWayHome,
  notice,
  keepFocus,
]

/** Gives a panel that one can type and send in the rest, unless it has ended. The returned stop leaves nothing behind. */
export async function dress(panel: LatePanel): Promise<() => void> {
  await speakLate(panel.inbox.settings.texts)
  // it ended while this was on its way
  if (!panel.isConnected) return () => {}
  // what is shown was that of a session which another tab has signed out of meanwhile
  if (panel.conversation?.id && !panel.chat.session.getSnapshot()) {
    beginAnew(panel)
    return () => {}
  }
  for (const root of [panel.renderRoot, panel.thread.renderRoot]) adoptStyles(root, messageActsStyles, lateStyles)
  heedMode(panel.getRootNode())
  new PhoneViewport(panel)
  new ScrollAnchor(panel.thread)
  const stops = features.map((feature) => feature(panel))
  return () => stops.forEach((stop) => stop())
}
