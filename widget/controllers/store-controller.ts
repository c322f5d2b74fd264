import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Store } from '../../sdk/index.js'

/** Follows a store while its host is on the page; `follow` changes to another. */
export class StoreController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #onChange: () => void
  #store: Store<T> | null = null
  #stop: (() => void) | null = null

  /** `onChange` is called on every change, before the host draws. */
  constructor(host: ReactiveControllerHost, onChange: () => void = () => {}) {
    this.#host = host
    this.#onChange = onChange
    host.addController(this)
  }

  get value(): T | null {
    return this.#store?.getSnapshot() ?? null
  }

  follow(store: Store<T> | null): void {
    if (store === this.#store) return
    this.hostDisconnected()
    this.#store = store
    this.hostConnected()
  }

  hostConnected(): void {
    this.#stop ??= this.#store?.subscribe(() => this.#changed()) ?? null
    if (this.#stop) this.#changed()
  }

  hostDisconnected(): void {
    this.#stop?.()
    this.#stop = null
  }

  #changed(): void {
    this.#onChange()
    this.#host.requestUpdate()
  }
}
