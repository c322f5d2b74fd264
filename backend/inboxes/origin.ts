const SHAPE = /^https?:\/\/[^\s/\\?#@*]+\/?$/i

/** An origin as browsers send it, from how people write it; null when it is not exactly one, as with a path or a wildcard. */
export function exactOrigin(text: string): string | null {
  return SHAPE.test(text) && URL.canParse(text) ? new URL(text).origin : null
}
