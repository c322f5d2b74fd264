import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Store } from '../../sdk/agent.js'

/** Redraws a part whenever the store it follows changes. */
export class StoreController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #store: Store<T> | null = null
  #open: (() => () => void) | undefined
  #stops: (() => void)[] = []

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  get value(): T | undefined {
    return this.#store?.getSnapshot()
  }

  /** Follows another store; `open` keeps it current, and is undone when the part leaves the page or follows another. */
  follow(store: Store<T> | null, open?: () => () => void): void {
    if (store === this.#store) return
    this.#stop()
    this.#store = store
    this.#open = open
    if (this.#host instanceof HTMLElement && this.#host.isConnected) this.#start()
  }

  /** Closes and opens again: the way to try once more what failed to load. */
  reopen(): void {
    this.#stop()
    this.#start()
  }

  hostConnected(): void {
    if (this.#stops.length === 0) this.#start()
  }

  hostDisconnected(): void {
    this.#stop()
  }

  #start(): void {
    if (!this.#store) return
    this.#stops = [this.#store.subscribe(() => this.#host.requestUpdate())]
    if (this.#open) this.#stops.push(this.#open())
  }

  #stop(): void {
    for (const stop of this.#stops) stop()
    this.#stops = []
  }
}
