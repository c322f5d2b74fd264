import { html, nothing, type TemplateResult } from 'lit'
import type { ListedConversation } from '../../sdk/agent.js'
import { avatar } from './avatar.js'
import { hrefOf, type RailView } from './router.js'
import { fullTime, timeAgo } from './time.js'
import { assigneeLabel, contactName } from './wording.js'

/** One line of the conversation list; a link, so that a new tab and the keyboard work. */
export function row(
  item: ListedConversation,
  around: { view: RailView; selectedId: string | null; ownId: string; now: number },
): TemplateResult {
  const { conversationId, contact, lastMessage, unread, assigneeId, status } = item
  const { view, selectedId, ownId, now } = around
  const at = lastMessage?.at ?? item.createdAt
  const by = lastMessage?.author
  const prefix = by?.id === ownId ? 'You: ' : by && by.type !== 'contact' ? `${by.name || 'Team'}: ` : ''
  return html`<li>
    <a
      class="row ${unread > 0 ? 'unread' : ''}"
      href=${hrefOf({ page: 'conversations', view, conversationId })}
      aria-current=${conversationId === selectedId ? 'true' : nothing}
    >
      ${avatar(contact)}
      <span class="first">
        <strong>${contactName(contact)}</strong>
        <time datetime=${at} title=${fullTime(at)}>${timeAgo(at, now)}</time>
      </span>
      <span class="second">
        <span class="preview"
          >${prefix}${lastMessage ? lastMessage.preview || 'Message deleted' : 'No messages yet'}</span
        >
        ${
          unread > 0
            ? html`<span class="badge"
                >${unread > 99 ? '99+' : unread}<span class="visually-hidden"> unread</span></span
              >`
            : nothing
        }
      </span>
      <span class="third ${assigneeId === null ? 'waiting' : ''}">
        ${assigneeLabel(item, ownId)}${status === 'open' ? '' : ` · ${status}`}
      </span>
    </a>
  </li>`
}
