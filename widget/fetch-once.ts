/** Fetches a chunk when it is first asked for, once; what waits for it goes on in the order in which it asked, which several imports of one module do not promise. */
export function fetchOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let coming: Promise<T> | null = null
  return () =>
    (coming ??= load().catch((error) => {
      // to be tried again
      coming = null
      throw error
    }))
}
