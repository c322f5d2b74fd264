import { html, type TemplateResult } from 'lit'
import { ChatAskEvent } from './events.js'
import { icon } from './icons.js'
import { texts } from './locale/texts.js'

/** Title of the inbox and who answers; `answering` is empty while nobody does yet. Raises `chat-close`. */
export function header(title: string, answering: string): TemplateResult {
  return html`<header>
    <span class="face" aria-hidden="true">${answering ? [...answering][0]!.toUpperCase() : icon('bubble')}</span>
    <div class="who">
      <h2>${title}</h2>
      <p>${answering ? texts.answering(answering) : texts.answers}</p>
    </div>
    <button type="button" aria-label=${texts.launcher.close} @click=${close}>${icon('down')}</button>
  </header>`
}

function close(event: Event): void {
  event.target!.dispatchEvent(new ChatAskEvent('chat-close'))
}
