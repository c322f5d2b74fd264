import { html, render } from 'lit'
import { afterUpdate } from './after-update.js'
import { icon } from './icons.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { LatePanel } from './late-panel.js'

/** A button at the start of the header that leads to the home view, and back from it. */
export function showWayHome(panel: LatePanel): () => void {
  const place = Object.assign(document.createElement('span'), { className: 'way' })
  panel.renderRoot.querySelector('header')!.prepend(place)
  const go = async () => {
    const isHome = panel.hasAttribute('at-home')
    const { closeHome, openHome } = await import('./home.js')
    if (isHome) closeHome(panel)
    else openHome(panel)
  }
  function draw() {
    const label = panel.hasAttribute('at-home') ? texts.toConversation : texts.conversations
    render(html`<button type="button" aria-label=${label} @click=${() => void go()}>${icon('back')}</button>`, place)
  }
  const stop = afterUpdate(panel, draw)
  return () => {
    stop()
    place.remove()
  }
}
