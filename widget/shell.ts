import { bubble, down } from './icon-paths.js'
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

/** A button with the outline of a bubble, an arrow down for when it is open, and a count. */
export function buildLauncher(): { button: HTMLButtonElement; badge: HTMLElement } {
  const badge = build('span')
  const button = build('button', { part: 'launcher', 'aria-haspopup': 'dialog' }, icon(bubble), icon(down), badge)
  return { button, badge }
}

export interface Shell {
  root: HTMLElement
  close: HTMLButtonElement
  field: HTMLTextAreaElement
  /** Stands where messages will be; becomes a button when the panel could not be fetched. */
  bones: HTMLElement
}

/** What stands in the panel's place from the click until its chunk is there: same measures, and one can type already. */
export function buildShell(title: string, texts: LauncherTexts): Shell {
  const close = build('button', { 'aria-label': texts.close }, icon(down))
  const field = build('textarea', { 'aria-label': texts.message, placeholder: texts.message })
  const bones = build('div', {}, build('i'), build('i'))
  const root = build(
    'div',
    { class: 'shell' },
    build('header', {}, build('i'), build('b', {}, title), close),
    bones,
    field,
  )
  return { root, close, field, bones }
}
