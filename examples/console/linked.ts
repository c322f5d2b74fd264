import { html, type TemplateResult } from 'lit'

const LINK = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/

/** A message's text with its web addresses as links; nothing else in it means anything. */
export const linked = (body: string): (string | TemplateResult)[] =>
  body
    .split(LINK)
    .map((part, index) =>
      index % 2 === 0 ? part : html`<a href=${part} target="_blank" rel="noopener noreferrer nofollow">${part}</a>`,
    )
