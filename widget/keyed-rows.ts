import { render, type TemplateResult } from 'lit'

/** What an element of a list is to look like. */
export interface DrawnRow {
  key: string
  look: string
  /** What a screen reader calls it; without, it is a mere line. */
  label?: string
  content: TemplateResult | string
}

/**
 * Draws rows at the end of `parent`, each in an element that stays the same as long as its key is there, wherever it
 * moves. Lit's `repeat` does so too, for four times the bytes.
 */
export class KeyedRows {
  #elements = new Map<string, HTMLElement>()

  draw(parent: Element, rows: readonly DrawnRow[]): void {
    const before = this.#elements
    this.#elements = new Map(rows.map(({ key }) => [key, before.get(key) ?? document.createElement('div')]))
    for (const [key, element] of before) if (!this.#elements.has(key)) element.remove()
    let next: Element | null = null
    for (let at = rows.length; at--;) {
      const { key, look, label, content } = rows[at]!
      const element: HTMLElement = this.#elements.get(key)!
      element.className = look
      if (label) Object.assign(element, { role: 'article', ariaLabel: label })
      render(content, element)
      if (element.parentNode !== parent || element.nextElementSibling !== next) parent.insertBefore(element, next)
      next = element
    }
  }
}
