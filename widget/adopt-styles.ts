import type { CSSResult } from 'lit'

/** Adds styles that come late to a tree. */
export function adoptStyles(root: Node, styles: CSSResult): void {
  const tree = root as ShadowRoot
  tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, styles.styleSheet!]
}
