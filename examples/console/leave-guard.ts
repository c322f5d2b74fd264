import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { holdRoute } from './router.js'

/**
 * Holds the address while there is something to lose: by another route it asks first (`ask` gets what leads there
 * after all), by another page the browser does.
 */
export class LeaveGuard implements ReactiveController {
  readonly #isHeld: () => boolean
  readonly #ask: (leave: () => void) => void
  #letGo = () => {}

  constructor(host: ReactiveControllerHost, isHeld: () => boolean, ask: (leave: () => void) => void) {
    this.#isHeld = isHeld
    this.#ask = ask
    host.addController(this)
  }

  hostConnected(): void {
    this.#letGo = holdRoute(this.#hold)
    addEventListener('beforeunload', this.#warn)
  }

  hostDisconnected(): void {
    this.#letGo()
    removeEventListener('beforeunload', this.#warn)
  }

  readonly #hold = (event: HashChangeEvent) => {
    if (!this.#isHeld()) return false
    const { hash } = new URL(event.newURL)
    history.replaceState(history.state, '', event.oldURL)
    this.#ask(() => (location.hash = hash))
    return true
  }

  readonly #warn = (event: BeforeUnloadEvent) => {
    if (this.#isHeld()) event.preventDefault()
  }
}
