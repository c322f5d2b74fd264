import { html, nothing, type TemplateResult } from 'lit'
import { linked } from './linked.js'
import type { Line } from './thread-lines.js'
import { fullTime, timeOfDay } from './time.js'
import { refusal } from './wording.js'

/** One message, sent or on its way; the same element before and after it is stored. */
export function bubble(
  { item, side, isFirst, isLast, isSeen }: Extract<Line, { kind: 'bubble' }>,
  on: { failed: (key: string, wish: 'retry' | 'discard') => void },
): TemplateResult {
  const isFailed = item.kind === 'draft' && item.state === 'failed'
  const isPending = item.kind === 'draft' && !isFailed
  const body = item.kind === 'draft' ? item.body : item.message.body
  return html`
    ${
      side === 'team' && isFirst && item.kind === 'message'
        ? html`<p class="author">${item.message.author.name || 'Team'}</p>`
        : nothing
    }
    <div class="bubble ${isPending ? 'pending' : ''} ${isFailed ? 'failed' : ''}">${linked(body)}</div>
    ${
      isFailed
        ? html`<p class="meta refusal" role="alert">
            Not sent. ${item.error ? refusal(item.error) : ''}
            <button class="link" @click=${() => on.failed(item.key, 'retry')}>Try again</button>
            <button class="link" @click=${() => on.failed(item.key, 'discard')}>Discard</button>
          </p>`
        : isPending
          ? html`<p class="meta">Sending…</p>`
          : item.kind === 'message' && (isLast || isSeen)
            ? html`<p class="meta">
                <time datetime=${item.message.createdAt} title=${fullTime(item.message.createdAt)}
                  >${timeOfDay(item.message.createdAt)}</time
                >${isSeen ? ' · Seen' : ''}
              </p>`
            : nothing
    }
  `
}
