import { html, nothing, render } from 'lit'
import { afterUpdate } from './after-update.js'
import type { Choice } from './choices.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { LatePanel } from './late-panel.js'

/** Offers to whoever has written and waits to be told of the answer by the system; asks the browser only when they say so. */
export function offerNotifications(panel: LatePanel, wish: Choice): () => void {
  // phones show none to a page without a service worker
  if (!('Notification' in window) || matchMedia('(pointer: coarse)').matches) return () => {}
  const place = document.createElement('div')
  panel.composer.before(place)
  const decide = (isOn: boolean) => {
    wish.set(isOn)
    if (isOn) void Notification.requestPermission().catch(() => {})
    draw()
    panel.focus()
  }
  const draw = () => {
    const last = panel.thread.thread?.items.findLast((item) => item.kind === 'message')
    const isAsked = last?.own && wish.get() === null && Notification.permission === 'default'
    render(
      isAsked
        ? html`<p class="note offer">
            <button type="button" class="pill" @click=${() => decide(true)}>${texts.notify}</button>
            <button type="button" class="pill" @click=${() => decide(false)}>${texts.notNow}</button>
          </p>`
        : nothing,
      place,
    )
  }
  const stop = afterUpdate(panel, draw)
  return () => {
    stop()
    place.remove()
  }
}
