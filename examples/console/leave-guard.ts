import type { ReactiveController, ReactiveControllerHost } from 'lit'

/**
 * Holds the address while there is something to lose: by another route it asks first (`ask` gets what leads there
 * after all), by another page the browser does.
 */
export class LeaveGuard implements ReactiveController {
  readonly #isHeld: () => boolean
  readonly #ask: (leave: () => void) => void

  constructor(host: ReactiveControllerHost, isHeld: () => boolean, ask: (leave: () => void) => void) {
    this.#isHeld = isHeld
    this.#ask = ask
    host.addController(this)
  }

  hostConnected(): void {
    // before the router hears of it
    addEventListener('hashchange', this.#hold, { capture: true })
    addEventListener('beforeunload', this.#warn)
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#hold, { capture: true })
    removeEventListener('beforeunload', this.#warn)
  }

  readonly #hold = (event: HashChangeEvent) => {
    if (!this.#isHeld()) return
    event.stopImmediatePropagation()
    const { hash } = new URL(event.newURL)
    history.replaceState(history.state, '', event.oldURL)
    this.#ask(() => (location.hash = hash))
  }

  readonly #warn = (event: BeforeUnloadEvent) => {
    if (this.#isHeld()) event.preventDefault()
  }
}
