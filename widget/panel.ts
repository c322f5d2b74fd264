import { createChat, type ShownInbox } from '../sdk/index.js'
import { speak } from './locale/texts.js'
import type { Tell } from './late-panel.js'
import { ParleyPanel } from './parley-panel.js'

export type { ParleyPanel }

interface PanelOptions {
  /** Origin of the server; nothing is asked of it before the panel is opened. */
  server: string
  inbox: ShownInbox
  /** Language to speak, one of those in `locale/`. */
  locale: string
  tell: Tell
}

/** What the loader calls; it knows this and the panel's few members, and shares no module with the chunk. */
export async function createPanel({ server, inbox, locale, tell }: PanelOptions): Promise<ParleyPanel> {
  await speak(locale || 'en', inbox.settings.texts)
  return new ParleyPanel(createChat({ url: server, inboxKey: inbox.key }), inbox, tell)
}
