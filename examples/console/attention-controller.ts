import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Knows whether the agent is looking: the page is visible and has the focus. */
export class AttentionController implements ReactiveController {
  isLooking = false
  readonly #host: ReactiveControllerHost
  readonly #look = () => {
    const isLooking = document.visibilityState === 'visible' && document.hasFocus()
    if (isLooking === this.isLooking) return
    this.isLooking = isLooking
    this.#host.requestUpdate()
  }

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('focus', this.#look)
    addEventListener('blur', this.#look)
    document.addEventListener('visibilitychange', this.#look)
    this.#look()
  }

  hostDisconnected(): void {
    removeEventListener('focus', this.#look)
    removeEventListener('blur', this.#look)
    document.removeEventListener('visibilitychange', this.#look)
  }
}
