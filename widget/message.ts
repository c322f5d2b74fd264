import { html, nothing, type TemplateResult } from 'lit'
import { ChatAskEvent } from './events.js'
import { icon } from './icons.js'
import type { DrawnRow } from './keyed-rows.js'
import { linkedText } from './linked-text.js'
import { texts } from './locale/texts.js'
import { clockTime, type Row, type Said } from './rows.js'

export interface MessageOptions {
  /** Name of those who answer, where a message does not say who wrote it. */
  inboxName: string
  /** What is known of the newest own message: sent, or seen by the other side. */
  ownMark: { key: string; text: string } | null
  extras: Extras | null
}

/** What a message has besides its text: drawn by code that comes late. */
export interface Extra {
  /** Before the author's name. */
  face?: TemplateResult
  quote?: TemplateResult
  /** Instead of the body. */
  text?: TemplateResult | Node | undefined
  below?: TemplateResult
}
export type Extras = (item: Said) => Extra

/** One message: author above the first of a group, time below the last, and how it stands while it is not sent. */
export function message(row: Extract<Row, { kind: 'said' }>, options: MessageOptions): DrawnRow {
  const { key, item, isFirst, isLast } = row
  const isFailed = item.kind === 'draft' && item.state === 'failed'
  const body = item.kind === 'draft' ? item.body : item.message.body
  const who = item.own ? texts.you : authorOf(item, options)
  const state = item.kind === 'message' ? '' : isFailed ? 'failed' : 'pending'
  const look = ['row', item.own && 'own', isFirst && 'first', isLast && 'last', state].filter(Boolean).join(' ')
  const { face, quote, text, below } = options.extras?.(item) ?? {}
  const content = html`${isFirst && !item.own ? html`<span class="author">${face}${who}</span>` : nothing}
    <div class="bubble">
      ${quote}
      <div dir="auto" class="text">${text ?? linkedText(body)}</div>
    </div>
    ${below}${footer(item, isLast, options)}`
  return { key, look, label: who, content }
}

function authorOf(item: Said, options: MessageOptions): string {
  return (item.kind === 'message' && item.message.author.name) || options.inboxName
}

function footer(item: Said, isLast: boolean, { ownMark }: MessageOptions): TemplateResult | typeof nothing {
  if (item.kind === 'message') {
    const mark = ownMark && ownMark.key === item.key ? ` · ${ownMark.text}` : ''
    if (!isLast && !mark) return nothing
    const { createdAt } = item.message
    return html`<span class="meta"><time datetime=${createdAt}>${clockTime(createdAt)}</time>${mark}</span>`
  }
  if (item.state !== 'failed')
    return isLast ? html`<span class="meta">${icon('clock')}${texts.sending}</span>` : nothing
  const ask = (type: 'chat-retry' | 'chat-discard') => (event: Event) =>
    event.target!.dispatchEvent(new ChatAskEvent(type, item.key))
  return html`<span class="meta why"
      >${icon('alert')}<span>${texts.notSent} ${texts.reason(item.error?.code)}</span></span
    >
    <span class="acts">
      <button type="button" class="pill" @click=${ask('chat-retry')}>${texts.tryAgain}</button>
      <button type="button" class="pill" @click=${ask('chat-discard')}>${texts.discard}</button>
    </span>`
}
