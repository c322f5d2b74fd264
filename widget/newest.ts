import { html, nothing, render } from 'lit'
import { icon } from './icons.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { LatePanel } from './late-panel.js'

/** Says aloud what others say, once each, and leads to the newest message whoever reads further above. */
export function tellNewest(panel: LatePanel): () => void {
  const { thread, inbox } = panel
  const place = document.createElement('div')
  const spoken = Object.assign(document.createElement('div'), { className: 'unseen', role: 'status' })
  thread.renderRoot.append(place, spoken)
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
    const now = thread.thread
    const last = now?.items.at(-1)
    const isNews = before && !before.isLoading && last?.key !== before.items.at(-1)?.key
    const isSame = !before?.conversationId || before.conversationId === now?.conversationId
    before = now
    if (!isNews || !isSame || last?.kind !== 'message' || last.own) return
    spoken.textContent = texts.said(last.message.author.name || inbox.settings.title, last.message.body)
    hasNew = !thread.isAtEnd
    draw()
  }

  const controller = { hostUpdated: hear }
  thread.addController(controller)
  thread.scroller!.addEventListener('scroll', draw)
  draw()
  return () => thread.removeController(controller)
}
