import type { LitElement, ReactiveController } from 'lit'

/** Keeps `--_top` and `--_height` of its host at what a phone's keyboard leaves to be seen. */
export class PhoneViewport implements ReactiveController {
  readonly #host: LitElement

  constructor(host: LitElement) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    for (const type of ['resize', 'scroll']) visualViewport?.addEventListener(type, this.#measure)
    this.#measure()
  }

  hostDisconnected(): void {
    for (const type of ['resize', 'scroll']) visualViewport?.removeEventListener(type, this.#measure)
  }

  #measure = () => {
    // a page that was zoomed into is being read, not typed on
    if (!visualViewport || visualViewport.scale > 1.01) return
    this.#host.style.setProperty('--_top', `${visualViewport.offsetTop}px`)
    this.#host.style.setProperty('--_height', `${visualViewport.height}px`)
  }
}
