import { createChat, type ShownInbox } from '../sdk/index.js'
import { speak } from './locale/texts.js'
import type { Tell } from './late-panel.js'
import { ParleyPanel } from './parley-panel.js'

export type { ParleyPanel }

interface PanelOptions {
  /** Origin of the server; nothing is asked of it before the panel is opened. `none`: it is looked at, not used. */
  server: string
  inbox: ShownInbox
  /** Language to speak, one of those in `locale/`. */
  locale: string
  tell: Tell
  /** What it takes the place of, with what was typed there. */
  root: HTMLElement
  field: HTMLTextAreaElement
}

/** What the loader calls; it knows this and the panel's few members, and shares no module with the chunk. */
export async function createPanel({ server, inbox, locale, tell, root, field }: PanelOptions): Promise<ParleyPanel> {
  await speak(locale, inbox.settings.texts)
  const frame = root.getRootNode() as ShadowRoot
  const rare = frame.host.matches('[mode],[server=none]') ? await import('./rare.js') : null
  rare?.heedMode(frame)
  const chat = rare && server === 'none' ? rare.stillChat(inbox) : createChat({ url: server, inboxKey: inbox.key })
  const panel = new ParleyPanel(chat, inbox, tell)
  root.after(panel)
  await panel.updateComplete
  panel.draft = field.value
  // Enter was pressed before there was anybody to hear it
  if (field.value.endsWith('\n') && !panel.isAsking) panel.composer.send()
  if (field.matches(':focus')) panel.focusComposer()
  root.remove()
  return panel
}
