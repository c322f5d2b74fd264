import { heedMode } from './mode.js'
import { notice } from './noticing.js'
import { speakLate } from './locale/late-texts.js'
import { dressMessages } from './message-acts.js'
import { tellNewest } from './newest.js'
import type { ParleyPanel } from './parley-panel.js'
import { tellReading } from './reading.js'

/** Gives a panel that one can type and send in the rest. The returned stop leaves nothing behind. */
export async function dress(panel: ParleyPanel): Promise<() => void> {
  await speakLate(panel.inbox.settings.texts)
  heedMode(panel.getRootNode())
  const stops = [tellReading(panel), tellNewest(panel), dressMessages(panel), notice(panel)]
  return () => stops.forEach((stop) => stop())
}
