// a page may forbid its storage, and it may be full: then nothing is kept
function trying<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

/** What of an inbox is kept on this site, by its place; null keeps nothing. */
export const placeOf = (inboxKey: string, what: string): string => `parley:${inboxKey}:${what}`

export const kept = (place: string): string | null => trying(() => localStorage.getItem(place))

export function keep(place: string, value: string | null): void {
  trying(() => (value === null ? localStorage.removeItem(place) : localStorage.setItem(place, value)))
}

/** Forgets each place that begins so. */
export function forgetAll(beginning: string): void {
  for (const place of trying(() => Object.keys(localStorage)) ?? []) if (place.startsWith(beginning)) keep(place, null)
}
