import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Nearer to the end than this counts as being at it. */
const END_PX = 48

/**
 * Holds what is read in its place when messages come. The scroller is a reversed column: at its end it stays there by
 * itself, and what is put before moves nothing; only what comes after has to be made up for.
 */
export class ScrollAnchor implements ReactiveController {
  readonly #scroller: () => HTMLElement | null
  #anchor: Element | null = null
  #top = 0

  constructor(host: ReactiveControllerHost, scroller: () => HTMLElement | null) {
    this.#scroller = scroller
    host.addController(this)
  }

  get isAtEnd(): boolean {
    const scroller = this.#scroller()
    return !scroller || scroller.scrollTop > -END_PX
  }

  toEnd(): void {
    const scroller = this.#scroller()
    if (!scroller) return
    this.#anchor = null
    scroller.scrollTop = 0
  }

  hostUpdate(): void {
    const scroller = this.#scroller()
    this.#anchor = null
    if (!scroller || this.isAtEnd) return
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
    const scroller = this.#scroller()
    if (scroller && this.#anchor?.isConnected)
      scroller.scrollTop += this.#anchor.getBoundingClientRect().top - this.#top
  }
}
