const PREFIX = 'parley-draft:'

/** Unsent text per conversation: outlives a look elsewhere and a reload, ends with the tab. */
export const drafts = {
  get: (conversationId: string): string => sessionStorage.getItem(PREFIX + conversationId) ?? '',
  set(conversationId: string, body: string): void {
    if (body) sessionStorage.setItem(PREFIX + conversationId, body)
    else sessionStorage.removeItem(PREFIX + conversationId)
  },
  /** Whoever signs in next on this machine reads none of them. */
  clear(): void {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  },
}
