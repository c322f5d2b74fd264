import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** How near the end counts as being there, in pixels. */
const NEAR_PX = 60

/** Keeps a scrolled thread at its end while one reads there, and what one reads in place while older lines come in above. */
export class StickController implements ReactiveController {
  isAtEnd = true
  readonly #host: ReactiveControllerHost
  readonly #scroller: () => HTMLElement | null
  readonly #resized = new ResizeObserver(() => this.isAtEnd && this.toEnd())
  #observed: HTMLElement | null = null
  #anchor: { line: HTMLElement; top: number } | null = null

  constructor(host: ReactiveControllerHost, scroller: () => HTMLElement | null) {
    this.#host = host
    this.#scroller = scroller
    host.addController(this)
  }

  hostUpdate(): void {
    this.#anchor = null
    const scroller = this.#observed
    if (!scroller || this.isAtEnd) return
    const lines = [...scroller.querySelectorAll<HTMLElement>('[data-line]')]
    const { top } = scroller.getBoundingClientRect()
    const line = lines.find((candidate) => candidate.getBoundingClientRect().bottom > top)
    if (line) this.#anchor = { line, top: line.getBoundingClientRect().top }
  }

  hostUpdated(): void {
    const scroller = this.#scroller()
    if (scroller !== this.#observed) this.#observe(scroller)
    if (this.isAtEnd) this.toEnd()
    else if (scroller && this.#anchor?.line.isConnected)
      scroller.scrollTop += this.#anchor.line.getBoundingClientRect().top - this.#anchor.top
  }

  hostDisconnected(): void {
    this.#observe(null)
  }

  /** Goes to the end and stays there. */
  toEnd(): void {
    this.isAtEnd = true
    if (this.#observed) this.#observed.scrollTop = this.#observed.scrollHeight
  }

  /** Call on `scroll`. */
  scrolled(): void {
    if (!this.#observed) return
    const { scrollHeight, scrollTop, clientHeight } = this.#observed
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX
    if (isAtEnd === this.isAtEnd) return
    this.isAtEnd = isAtEnd
    this.#host.requestUpdate()
  }

  #observe(scroller: HTMLElement | null): void {
    this.#resized.disconnect()
    this.#observed = scroller
    if (scroller) this.#resized.observe(scroller)
  }
}
