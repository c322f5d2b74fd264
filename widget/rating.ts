import { html, nothing, render, type TemplateResult } from 'lit'
import { afterUpdate } from './after-update.js'
import type { ChatError, Conversation } from '../sdk/index.js'
import { lateTexts as texts } from './locale/late-texts.js'
import { texts as panelTexts } from './locale/texts.js'
import type { LatePanel } from './late-panel.js'
import { placeAbove } from './place.js'

const SCORES = [1, 2, 3, 4, 5]
const MAX_COMMENT_CHARS = 1_000

/** Asks what a resolved conversation was like; the first star sends, a comment and second thoughts may follow. */
export function askRating(panel: LatePanel): () => void {
  const place = placeAbove(panel.composer, 'rating')
  let shown: Conversation | null = null
  let comment = ''
  let note = ''

  const rate = async (score: number) => {
    note = panelTexts.sending
    draw()
    note = await panel.conversation!.rate({ score, comment: comment.trim() || undefined }).then(
      () => texts.thanks,
      (error: ChatError) => (error.code === 'gone' ? texts.tooLate : panelTexts.reason(error.code)),
    )
    draw()
  }
  const stars = (chosen: number): TemplateResult =>
    html`<div class="stars" role="radiogroup" aria-label=${texts.rate}>
      ${SCORES.map(
        (score) =>
          html`<button
            type="button"
            role="radio"
            aria-checked=${score === chosen}
            aria-label=${texts.stars(score)}
            class=${score <= chosen ? 'on' : ''}
            tabindex=${score === (chosen || 1) ? 0 : -1}
            @click=${() => void rate(score)}
            @keydown=${(event: KeyboardEvent) => move(event, score)}
          >
            ★
          </button>`,
      )}
    </div>`
  // as in any group of radio buttons, but an arrow only moves: a choice is told to the team
  const move = (event: KeyboardEvent, score: number) => {
    const isRtl = getComputedStyle(place).direction === 'rtl'
    const steps: Record<string, number> = {
      ArrowUp: -1,
      ArrowDown: 1,
      ArrowLeft: isRtl ? 1 : -1,
      ArrowRight: isRtl ? -1 : 1,
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const next = (score - 1 + step + SCORES.length) % SCORES.length
    place.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus()
  }

  function draw() {
    const { conversation } = panel
    if (conversation !== shown) [shown, comment, note] = [conversation, '', '']
    const thread = conversation?.thread.getSnapshot()
    const isAsked =
      panel.inbox.settings.rating !== false && thread?.head?.status === 'resolved' && thread.items.length > 0
    if (!isAsked) return render(nothing, place)
    const { rating } = thread
    render(
      html`<section aria-label=${texts.rate}>
        <h3>${rating ? texts.rated : texts.rate}</h3>
        ${stars(rating?.score ?? 0)}
        ${
          rating
            ? html`<form
                @submit=${(event: Event) => {
                  event.preventDefault()
                  void rate(rating.score)
                }}
              >
                <input
                  aria-label=${texts.comment}
                  placeholder=${texts.comment}
                  maxlength=${MAX_COMMENT_CHARS}
                  .value=${comment || rating.comment}
                  @input=${(event: Event) => (comment = (event.target as HTMLInputElement).value)}
                />
                <button class="pill">${panelTexts.send}</button>
              </form>`
            : nothing
        }
        <p role="status">${note}</p>
      </section>`,
      place,
    )
  }

  return afterUpdate(panel, draw)
}
