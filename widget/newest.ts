import { html, nothing, render } from 'lit'
import { afterUpdate } from './after-update.js'
import { icon } from './icons.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { LatePanel } from './late-panel.js'
import { newsOf } from './news.js'

/** Leads to the newest message whoever reads further above. */
export function tellNewest(panel: LatePanel): () => void {
  const { thread } = panel
  const place = document.createElement('div')
  thread.renderRoot.append(place)
  let before = thread.thread
  let hasNew = false

  const draw = () => {
    if (thread.isAtEnd) hasNew = false
    const label = hasNew ? texts.news : texts.latest
    const jump = () => {
      thread.toEnd()
      thread.scroller?.focus()
    }
    render(
      thread.isAtEnd
        ? nothing
        : html`<button type="button" class="jump" aria-label=${label} @click=${jump}>
            ${hasNew ? label : nothing}${icon('down')}
          </button>`,
      place,
    )
  }
  const hear = () => {
    const isNews = newsOf(before, thread.thread).some((item) => item.kind === 'message' && !item.own)
    before = thread.thread
    if (!isNews) return
    hasNew = !thread.isAtEnd
    draw()
  }

  thread.scroller!.addEventListener('scroll', draw)
  draw()
  return afterUpdate(thread, hear)
}
