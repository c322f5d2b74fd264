/** What a server that goes away gives as the reason of its closes: over how long its clients are to come back, in milliseconds. */
export const drainReason = (windowMs: number): string => `reconnect within ${windowMs} ms`

/** Null where a reason says nothing of it. */
export function drainWindowMs(reason: string): number | null {
  const [, told] = /^reconnect within (\d+) ms$/.exec(reason) ?? []
  return told ? Number(told) : null
}
