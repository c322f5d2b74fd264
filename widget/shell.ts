import type { LauncherTexts } from '../sdk/index.js'

export function build<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name]!)
  element.append(...children)
  return element
}

/** A button with an icon (see loader.styles.ts), words and a count. */
export function buildLauncher() {
  const words = build('b')
  const badge = build('span')
  const button = build('button', { part: 'launcher', 'aria-haspopup': 'dialog' }, build('i'), words, badge)
  return { button, words, badge }
}

export interface Shell {
  root: HTMLElement
  field: HTMLTextAreaElement
  /** Not to be seen before it has a text: that the panel could not be fetched. */
  again: HTMLButtonElement
}

/** What stands in the panel's place from the click until its chunk is there: same measures, and one can type already. */
export function buildShell(title: string, texts: LauncherTexts, onClose: () => void, onRetry: () => void): Shell {
  const close = build('button', { 'aria-label': texts.close }, build('i'))
  const field = build('textarea', { 'aria-label': texts.message, placeholder: texts.message })
  const again = build('button')
  const root = build('div', {}, build('header', {}, build('b', {}, title), close), again, field)
  close.onclick = onClose
  again.onclick = () => {
    again.textContent = ''
    onRetry()
  }
  return { root, field, again }
}
