import type { LatePanel } from './late-panel.js'

/** Whoever works by keyboard stays where they are when what had the focus goes away: at the message, else at its list or the composer. */
export function keepFocus(panel: LatePanel): () => void {
  const { thread } = panel
  const within = (host: LatePanel | typeof thread, instead: (row: Element | null) => HTMLElement | null) => {
    let had: Element | null = null
    let row: Element | null = null
    const controller = {
      hostUpdate: () => {
        had = (host.renderRoot as ShadowRoot).activeElement
        row = had?.closest('.row') ?? null
      },
      hostUpdated: () => {
        if (had && !had.isConnected) instead(row)?.focus()
      },
    }
    host.addController(controller)
    return () => host.removeController(controller)
  }
  const stops = [
    within(thread, (row) => (row?.isConnected && row.querySelector<HTMLElement>('.more')) || thread.scroller),
    within(panel, () => panel.composer),
  ]
  return () => stops.forEach((stop) => stop())
}
