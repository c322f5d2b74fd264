import { onAbort } from './clock.js'

/** A controller that aborts with its parent, too. Abort it in the end, so that the parent forgets it. */
export function childOf(parent?: AbortSignal): AbortController {
  const child = new AbortController()
  const abort = () => child.abort()
  child.signal.addEventListener('abort', onAbort(parent, abort))
  if (parent?.aborted) abort()
  return child
}
