import type { ReactiveController, ReactiveControllerHost } from 'lit'

interface Scrolled extends ReactiveControllerHost {
  readonly scroller: HTMLElement | null
  readonly isAtEnd: boolean
}

/**
 * Holds what is read in its place when messages come. The scroller is a reversed column: at its end it stays there by
 * itself, and what is put before moves nothing; only what comes after has to be made up for.
 */
export class ScrollAnchor implements ReactiveController {
  readonly #host: Scrolled
  #anchor: Element | null = null
  #top = 0

  constructor(host: Scrolled) {
    this.#host = host
    host.addController(this)
  }

  hostUpdate(): void {
    const { scroller, isAtEnd } = this.#host
    this.#anchor = null
    if (!scroller || isAtEnd) return
    const { top } = scroller.getBoundingClientRect()
    for (const row of scroller.querySelectorAll('.rows > *')) {
      const place = row.getBoundingClientRect()
      if (place.bottom < top) continue
      this.#anchor = row
      this.#top = place.top
      return
    }
  }

  hostUpdated(): void {
    const { scroller } = this.#host
    if (scroller && this.#anchor?.isConnected)
      scroller.scrollTop += this.#anchor.getBoundingClientRect().top - this.#top
  }
}
