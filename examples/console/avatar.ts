import { html, type TemplateResult } from 'lit'
import { icons } from './icons.js'

const TINTS = 6

/** A round mark by which one tells contacts apart at a glance; says nothing to a screen reader that the name does not. */
export function avatar(contact: { id: string; name: string }): TemplateResult {
  const tint = parseInt(contact.id.slice(-4), 16) % TINTS || 0
  const words = contact.name.trim().split(/\s+/)
  const initials = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('')
  return html`<span class="avatar tint-${tint}" aria-hidden="true">${initials.toUpperCase() || icons.mine}</span>`
}
