import type { CSSResult } from 'lit'

/** Adds styles that come late to a tree, once. */
export function adoptStyles(root: Node, ...styles: CSSResult[]): void {
  const tree = root as ShadowRoot
  const sheets = styles.map(({ styleSheet }) => styleSheet!)
  tree.adoptedStyleSheets = [...new Set([...tree.adoptedStyleSheets, ...sheets])]
}
