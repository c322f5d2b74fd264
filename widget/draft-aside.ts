import type { ParleyComposer } from './composer.js'

/** What stood unsent in a composer before a message was edited there. */
const aside = new WeakMap<ParleyComposer, string>()

/** Puts `body` into the composer to be edited; the draft lies aside until `bringBack`. */
export function layAside(composer: ParleyComposer, body: string): void {
  if (!aside.has(composer)) aside.set(composer, composer.text)
  composer.text = body
}

/** The edit is over, however it ended. Changes nothing where there was none. */
export function bringBack(composer: ParleyComposer): void {
  const draft = aside.get(composer)
  if (draft === undefined) return
  aside.delete(composer)
  composer.text = draft
}

/** What is written and not sent, in sight or aside; an edit is neither. */
export const draftOf = (composer: ParleyComposer): string => aside.get(composer) ?? composer.text

export function setDraft(composer: ParleyComposer, draft: string): void {
  if (aside.has(composer)) aside.set(composer, draft)
  else composer.text = draft
}
