/** Whether this tab is the one of this origin that acts for `name`; where tabs cannot agree, each is. */
export function onlyTab(name: string, signal: AbortSignal): () => boolean {
  if (!navigator.locks) return () => true
  let isOurs = false
  void navigator.locks
    .request(name, { signal }, () => {
      isOurs = true
      return new Promise<void>((release) => signal.addEventListener('abort', () => release()))
    })
    .catch(() => {})
  return () => isOurs
}

/** Says while this tab is in sight that one is; the answer is whether any of the origin's is. */
export function anyTabInSight(name: string, signal: AbortSignal): () => Promise<boolean> {
  const isInSight = () => document.visibilityState === 'visible'
  if (!navigator.locks) return async () => isInSight()
  let leave: (() => void) | null = null
  const follow = () => {
    leave?.()
    leave = null
    if (!isInSight() || signal.aborted) return
    void navigator.locks
      .request(name, { mode: 'shared' }, () =>
        // it may have gone out of sight before the answer
        isInSight() && !signal.aborted ? new Promise<void>((release) => (leave = release)) : undefined,
      )
      .catch(() => {})
  }
  document.addEventListener('visibilitychange', follow, { signal })
  signal.addEventListener('abort', follow)
  follow()
  return async () => isInSight() || ((await navigator.locks.query()).held ?? []).some((lock) => lock.name === name)
}
