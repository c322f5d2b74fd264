// styles beside styles, and each part beside its like, in the order in which the bundle packs best
import './message.styles.js'
import './thread.styles.js'
import './panel.styles.js'
import './header.styles.js'
import './theme.styles.js'
import './composer.styles.js'
import './message.js'
import './composer.js'
import './header.js'
import './thread.js'
import { ParleyPanel } from './parley-panel.js'
import { createChat, type ShownInbox } from '../sdk/index.js'
import type { Tell } from './late-panel.js'
import { speak } from './locale/texts.js'

export type { ParleyPanel }

/** The element on the page. */
interface Host extends HTMLElement {
  /** Origin of the server; nothing is asked of it before the panel is opened. `none`: it is looked at, not used. */
  server: string
  /** Language to speak, one of those in `locale/`. */
  locale: string
}

interface PanelOptions {
  inbox: ShownInbox
  tell: Tell
  /** What it takes the place of, with what was typed there. */
  root: HTMLElement
  field: HTMLTextAreaElement
}

/** What the loader calls; it knows this and the panel's few members, and shares no module with the chunk. */
export async function createPanel(host: Host, { inbox, tell, root, field }: PanelOptions): Promise<ParleyPanel> {
  const { server, locale } = host
  await speak(locale, inbox.settings.texts)
  const rare = host.matches('[mode],[server=none]') ? await import('./rare.js') : null
  rare?.heedMode(host.shadowRoot!)
  const chat = rare && server === 'none' ? rare.stillChat(inbox) : createChat({ url: server, inboxKey: inbox.key })
  const panel = new ParleyPanel(chat, inbox, tell)
  root.after(panel)
  await panel.updateComplete
  panel.draft = field.value
  // Enter was pressed before there was anybody to hear it
  if (field.value.endsWith('\n') && !panel.isAsking) panel.composer.send()
  if (field.matches(':focus')) panel.focus()
  root.remove()
  return panel
}
