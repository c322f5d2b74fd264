import { html, nothing, type TemplateResult } from 'lit'
import type { Message, ShownReaction } from '../../sdk/agent.js'
import { icons } from './icons.js'
import { linked } from './linked.js'
import type { Line } from './thread-lines.js'
import { fullTime, timeOfDay } from './time.js'
import { refusal } from './wording.js'

type Bubble = Extract<Line, { kind: 'bubble' }>

/** Longest piece of what is quoted, in characters. */
const MAX_QUOTE = 120

const ticks = { sent: 'Sent', delivered: 'Delivered', read: 'Seen' } as const

/** One message, sent or on its way; the same element before and after it is stored. */
export function bubble(
  line: Bubble,
  on: {
    failed: (key: string, wish: 'retry' | 'discard') => void
    react: (messageId: string, emoji: string, isOn: boolean) => void
  },
): TemplateResult {
  const { item, side, isFirst } = line
  const isFailed = item.kind === 'draft' && item.state === 'failed'
  const isPending = item.kind === 'draft' && !isFailed
  const isDeleted = item.kind === 'message' && Boolean(item.message.deletedAt)
  const body = item.kind === 'draft' ? item.body : item.message.body
  return html`
    ${
      side === 'team' && isFirst && item.kind === 'message'
        ? html`<p class="author">${item.message.author.name || 'Team'}</p>`
        : nothing
    }
    <div class="bubble ${isPending ? 'pending' : ''} ${isFailed ? 'failed' : ''} ${isDeleted ? 'deleted' : ''}">
      ${isDeleted || item.quoted === undefined ? nothing : html`<p class="quote">${quote(item.quoted)}</p>`}
      <div class="text">${isDeleted ? 'Message deleted' : linked(body)}</div>
    </div>
    ${item.kind === 'message' && item.reactions ? reactions(item.reactions, (...asked) => on.react(item.message.id, ...asked)) : nothing}
    ${
      isFailed
        ? html`<p class="meta refusal" role="alert">
            Not sent. ${item.error ? refusal(item.error) : ''}
            <button class="link" @click=${() => on.failed(item.key, 'retry')}>Try again</button>
            <button class="link" @click=${() => on.failed(item.key, 'discard')}>Discard</button>
          </p>`
        : isPending
          ? html`<p class="meta">Sending…</p>`
          : meta(line)
    }
  `
}

export function quote(message: Message | null): string {
  if (!message) return 'An earlier message'
  if (message.deletedAt) return 'Message deleted'
  return message.body.length > MAX_QUOTE ? `${message.body.slice(0, MAX_QUOTE)}…` : message.body
}

function reactions(all: readonly ShownReaction[], react: (emoji: string, isOn: boolean) => void): TemplateResult {
  return html`<p class="reactions">
    ${all.map(
      ({ emoji, count, own }) =>
        html`<button
          aria-pressed=${own}
          aria-label="${emoji}, ${count}"
          title=${own ? 'Take back' : 'React as well'}
          @click=${() => react(emoji, !own)}
        >
          ${emoji} ${count}
        </button>`,
    )}
  </p>`
}

function meta({ item, isLast, isSeen }: Bubble): TemplateResult | typeof nothing {
  if (item.kind === 'draft') return nothing
  const { createdAt, editedAt, deletedAt } = item.message
  const isEdited = Boolean(editedAt) && !deletedAt
  if (!isLast && !isSeen && !isEdited) return nothing
  const isMarked = item.own && (isSeen || (isLast && item.state !== 'read'))
  return html`<p class="meta">
    <time datetime=${createdAt} title=${fullTime(createdAt)}>${timeOfDay(createdAt)}</time
    >${isEdited ? ' · Edited' : ''}${
      isMarked
        ? html`<span class="ticks ${item.state}">
            · ${item.state === 'sent' ? icons.sent : icons.delivered}${ticks[item.state]}</span
          >`
        : nothing
    }
  </p>`
}
