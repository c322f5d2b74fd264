import { createChat, type ShownInbox } from '../sdk/index.js'
import { speak } from './locale/texts.js'
import { ParleyPanel, type Tell } from './parley-panel.js'

export type { ParleyPanel }

interface PanelOptions {
  /** Origin of the server; nothing is asked of it before the panel is opened. `none`: it is looked at, not used. */
  server: string
  inbox: ShownInbox
  /** Language to speak, one of those in `locale/`. */
  locale: string
  tell: Tell
}

/** What the loader calls; it knows this and the panel's few members, and shares no module with the chunk. */
export async function createPanel({ server, inbox, locale, tell }: PanelOptions): Promise<ParleyPanel> {
  await speak(locale || 'en')
  const chat =
    server === 'none'
      ? (await import('./still-chat.js')).stillChat(inbox)
      : createChat({ url: server, inboxKey: inbox.key })
  return new ParleyPanel(chat, inbox, tell)
}
