/** What a key asks for anywhere in the console, as long as nobody is typing. */
export const shortcuts = {
  j: { wish: 'next', label: 'Next conversation' },
  k: { wish: 'previous', label: 'Previous conversation' },
  r: { wish: 'reply', label: 'Write a reply' },
  m: { wish: 'message', label: 'Options of a message; arrows move' },
  a: { wish: 'assign', label: 'Assign to me, or release' },
  e: { wish: 'resolve', label: 'Resolve, or reopen' },
  d: { wish: 'details', label: 'Show or hide details' },
  '?': { wish: 'help', label: 'Show this list' },
} as const
export type Wish = (typeof shortcuts)[keyof typeof shortcuts]['wish']

/** Keys that mean something only inside the composer. */
export const composerKeys = [
  { keys: ['Enter'], label: 'Send' },
  { keys: ['Shift', 'Enter'], label: 'New line' },
  { keys: ['↑'], label: 'Edit your last message, while empty' },
  { keys: ['Esc'], label: 'Leave the composer' },
] as const

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>

/** The wish behind a key press, or null when it belongs to the browser, a field or an open dialog. */
export function wishOf(event: Pressed, path: readonly EventTarget[]): Wish | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  if (path.some(takesKeys)) return null
  const wish = Object.hasOwn(shortcuts, event.key) ? shortcuts[event.key as keyof typeof shortcuts].wish : null
  return event.repeat && wish !== 'next' && wish !== 'previous' ? null : wish
}

function takesKeys(target: EventTarget): boolean {
  const { localName = '', isContentEditable = false, open = false } = target as Partial<HTMLElement & HTMLDialogElement>
  return isContentEditable || ['input', 'textarea', 'select'].includes(localName) || (localName === 'dialog' && open)
}
