import { createChat, type ShownInbox } from '../sdk/index.js'
import { ParleyPanel, type Tell } from './parley-panel.js'

export type { ParleyPanel }

interface PanelOptions {
  /** Origin of the server; nothing is asked of it before the panel is opened. */
  server: string
  inbox: ShownInbox
  tell: Tell
}

/** What the loader calls; it knows this and the panel's few members, and shares no module with the chunk. */
export function createPanel({ server, inbox, tell }: PanelOptions): ParleyPanel {
  return new ParleyPanel(createChat({ url: server, inboxKey: inbox.key }), inbox, tell)
}
