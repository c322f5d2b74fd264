import { afterUpdate } from './after-update.js'
import { bringBack, draftOf, setDraft } from './draft-aside.js'
import type { LatePanel } from './late-panel.js'
import { forgetAll, keep, kept, placeOf } from './site-storage.js'

/** Keeps what stands in the composer, by conversation, over reloads and in every tab, until it is sent. */
export function keepText(panel: LatePanel): () => void {
  const { composer, inbox, chat } = panel
  const places = placeOf(inbox.key, 'text:')
  const placeNow = () => places + (panel.conversation?.id ?? '')
  let place = ''

  const take = () => {
    if (placeNow() === place) return
    const wasOther = place !== ''
    place = placeNow()
    // what is being typed since the page came is newer than anything kept
    if (wasOther || !composer.text) setDraft(composer, kept(place) ?? '')
  }
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === placeNow() && !composer.matches(':focus-within')) setDraft(composer, newValue ?? '')
  }
  const forget = () => {
    if (chat.session.getSnapshot()) return
    forgetAll(places)
    bringBack(composer)
    composer.text = ''
  }

  addEventListener('storage', hear)
  const stops = [
    () => removeEventListener('storage', hear),
    chat.session.subscribe(forget),
    afterUpdate(panel, take),
    afterUpdate(composer, () => keep(placeNow(), draftOf(composer) || null)),
  ]
  return () => stops.forEach((stop) => stop())
}
