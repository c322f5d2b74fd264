import { ChatError } from './protocol/errors.js'

/** Code that typing and sending do without: fetched at its first use, and again at the next one after a failure. */
export function late<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null
  return () =>
    (loading ??= load().catch((cause: unknown) => {
      loading = null
      throw new ChatError('network', 'unable to load a part of the chat; its server is away', { cause })
    }))
}
