import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** How long a connection may be away before anyone is told. */
const CALM_MS = 2_000

/** Says that the connection is away only once it has been for a while, and that it is back at once. */
export class CalmConnection implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #timer: ReturnType<typeof setTimeout> | undefined
  isAway = false

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** Tells how it stands now; the same again changes nothing. */
  set(isLive: boolean): void {
    if (isLive) {
      this.hostDisconnected()
      if (!this.isAway) return
      this.isAway = false
      this.#host.requestUpdate()
    } else if (!this.isAway) {
      this.#timer ??= setTimeout(() => {
        this.isAway = true
        this.#host.requestUpdate()
      }, CALM_MS)
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
