import { modeStyles } from './mode.styles.js'

/** Has the frame heed its `mode`, and move; needs to be asked only once. */
export function heedMode(frame: Node): void {
  const sheet = modeStyles.styleSheet!
  if (frame instanceof ShadowRoot && !frame.adoptedStyleSheets.includes(sheet)) frame.adoptedStyleSheets.push(sheet)
}
