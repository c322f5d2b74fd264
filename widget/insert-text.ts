import type { ParleyComposer } from './composer.js'

export const fieldOf = (composer: ParleyComposer): HTMLTextAreaElement => composer.renderRoot.querySelector('textarea')!

/** Puts text in the place of what stands between two offsets (of what is selected), the caret behind it, as typing would. */
export function insertText(composer: ParleyComposer, text: string, from?: number, to?: number): void {
  const field = fieldOf(composer)
  field.setRangeText(text, from ?? field.selectionStart, to ?? field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
}
