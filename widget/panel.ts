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
  /** What it takes the place of, with what was typed there. */
  root: HTMLElement
  field: HTMLTextAreaElement
}

/** What the loader calls; it knows this and the panel's few members, and shares no module with the chunk. */
export async function createPanel({ server, inbox, locale, tell, root, field }: PanelOptions): Promise<ParleyPanel> {
  await speak(locale, inbox.settings.texts)
  const panel = new ParleyPanel(createChat({ url: server, inboxKey: inbox.key }), inbox, tell)
  const frame = root.getRootNode() as ShadowRoot
  if (frame.host.matches('[mode]')) await import('./mode.js').then(({ heedMode }) => heedMode(frame))
  root.after(panel)
  await panel.updateComplete
  panel.draft = field.value
  if (field.matches(':focus')) panel.focusComposer()
  root.remove()
  return panel
}
