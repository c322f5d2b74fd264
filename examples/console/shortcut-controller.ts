import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type Wish, wishOf } from './shortcuts.js'

/** Answers shortcuts while its part is on the page. */
export class ShortcutController implements ReactiveController {
  readonly #answers: Partial<Record<Wish, () => void>>
  readonly #press = (event: KeyboardEvent) => {
    const wish = wishOf(event, event.composedPath())
    const answer = wish && this.#answers[wish]
    if (!answer) return
    event.preventDefault()
    answer()
  }

  constructor(host: ReactiveControllerHost, answers: Partial<Record<Wish, () => void>>) {
    this.#answers = answers
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('keydown', this.#press)
  }

  hostDisconnected(): void {
    removeEventListener('keydown', this.#press)
  }
}
