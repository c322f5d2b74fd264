import type { ReactiveController, ReactiveControllerHost } from 'lit'

const TICK_MS = 20_000

/** Redraws a part often enough for "3m" to be true. */
export class NowController implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  get now(): number {
    return Date.now()
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#host.requestUpdate(), TICK_MS)
  }

  hostDisconnected(): void {
    clearInterval(this.#timer)
  }
}
