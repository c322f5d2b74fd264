import { html, nothing, type TemplateResult } from 'lit'
import type { Message } from '../sdk/index.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { Said } from './rows.js'

type Sent = Extract<Said, { kind: 'message' }>
type React = (emoji: string, isOn: boolean) => void

const QUICK_EMOJI = ['👍', '❤️', '😂', '🎉', '🙏']
/** Longest piece of what is quoted, in characters. */
const MAX_QUOTE = 100

export function quoteOf(message: Message | null): string {
  if (!message) return texts.earlier
  if (message.deletedAt) return texts.deleted
  return message.body.length > MAX_QUOTE ? `${message.body.slice(0, MAX_QUOTE)}…` : message.body
}

export const reactionsOf = ({ reactions = [] }: Sent, react: React): TemplateResult[] =>
  reactions.map(
    ({ emoji, count, own }) =>
      html`<button
        type="button"
        aria-pressed=${own}
        aria-label=${texts.reacted(emoji, count)}
        @click=${() => react(emoji, !own)}
      >
        ${emoji} ${count}
      </button>`,
  )

/** What may be done to one message; `mayChange` where it is still one's own to edit, `isSure` once a deletion was asked for the first time. */
export function messageMenu(
  item: Sent,
  mayChange: boolean,
  isSure: boolean,
  react: React,
  more: (event: Event) => void,
  act: (wish: 'reply' | 'edit' | 'delete' | 'copy') => void,
): TemplateResult {
  const own = (emoji: string) => item.reactions?.some((reaction) => reaction.own && reaction.emoji === emoji) ?? false
  return html`<div class="menu" role="group" aria-label=${texts.options}>
    <div>
      ${QUICK_EMOJI.map(
        (emoji) =>
          html`<button
            type="button"
            aria-label=${texts.react(emoji)}
            aria-pressed=${own(emoji)}
            @click=${() => react(emoji, !own(emoji))}
          >
            ${emoji}
          </button>`,
      )}
      <button type="button" aria-label=${texts.moreEmoji} @click=${more}>+</button>
    </div>
    <button type="button" @click=${() => act('reply')}>${texts.reply}</button>
    <button type="button" @click=${() => act('copy')}>${texts.copy}</button>
    ${
      mayChange
        ? html`<button type="button" @click=${() => act('edit')}>${texts.edit}</button>
            <button type="button" class="danger" @click=${() => act('delete')}>
              ${isSure ? texts.sure : texts.delete}
            </button>`
        : nothing
    }
  </div>`
}
