import type { ReactiveControllerHost } from 'lit'

/** Calls `draw` now, and after each update of `host` until the returned stop. */
export function afterUpdate(host: ReactiveControllerHost, draw: () => void): () => void {
  const controller = { hostUpdated: draw }
  host.addController(controller)
  draw()
  return () => host.removeController(controller)
}
