import { html, type TemplateResult } from 'lit'

const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>"'.,:;!?)\]}])/

/** Plain text with its web addresses as links. Never markup: Lit writes text nodes. */
export function linkedText(text: string): (string | TemplateResult)[] {
  return text
    .split(ADDRESS)
    .map((part, at) => (at % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer">${part}</a>` : part))
}
