import { html, render } from 'lit'
import { afterUpdate } from './after-update.js'
import type { Choice } from './choices.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { LatePanel } from './late-panel.js'

const bell = 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4'
const mute = 'M4 4l16 16'

/** A button in the header that turns the sound on and off. */
export function switchSound(panel: LatePanel, sound: Choice, isOnByInbox: boolean): () => void {
  const place = document.createElement('div')
  panel.renderRoot.querySelector('header > button')!.before(place)
  const draw = () => {
    const isOn = sound.get() ?? isOnByInbox
    const flip = () => {
      sound.set(!isOn)
      draw()
    }
    render(
      html`<button type="button" aria-label=${texts.sound} aria-pressed=${isOn} @click=${flip}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${bell + (isOn ? '' : mute)}></path></svg>
      </button>`,
      place,
    )
  }
  const stop = afterUpdate(panel, draw)
  return () => {
    stop()
    place.remove()
  }
}
