import { down } from './icon-paths.js'
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

function icon(path: string): SVGElement {
  const [svg, shape] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag))
  shape!.setAttribute('d', path)
  svg!.setAttribute('viewBox', '0 0 24 24')
  svg!.append(shape!)
  return svg as SVGElement
}

/** A button with an icon, words and a count. */
export function buildLauncher() {
  const words = build('b')
  const badge = build('span')
  const svg = icon('')
  const button = build('button', { part: 'launcher', 'aria-haspopup': 'dialog' }, svg, words, badge)
  return { button, words, badge, shape: svg.firstElementChild! }
}

export interface Shell {
  root: HTMLElement
  close: HTMLButtonElement
  field: HTMLTextAreaElement
  /** Not to be seen before it has a text: that the panel could not be fetched. */
  again: HTMLButtonElement
}

/** What stands in the panel's place from the click until its chunk is there: same measures, and one can type already. */
export function buildShell(title: string, texts: LauncherTexts): Shell {
  const close = build('button', { 'aria-label': texts.close }, icon(down))
  const field = build('textarea', { 'aria-label': texts.message, placeholder: texts.message })
  const again = build('button')
  const root = build('div', {}, build('header', {}, build('b', {}, title), close), again, field)
  return { root, close, field, again }
}
