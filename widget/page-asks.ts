import type { Chat } from '../sdk/index.js'
import type { Page, PageChat } from './page-tracking.js'
import type { AskedPanel } from './asked-panel.js'

/** What a visitor says about themselves; what is absent stays. */
export interface Visitor {
  name?: string
  email?: string
  attributes?: Record<string, string | number | boolean | null>
}

/** Of the SDK's chat what this asks. */
export interface VisitorChat {
  identify(identityToken: string): Promise<{ id: string; formerIds?: readonly string[] }>
  updateContact(changes: Visitor): Promise<unknown>
}

/** What only the panel can do of that which a page asks for. */
const asks = {
  prefill: (panel: AskedPanel, text: string) => void (panel.draft = text),
  startConversation(panel: AskedPanel, text?: string) {
    panel.startConversation()
    if (text) panel.draft = text
  },
  async identify({ chat, tell }: AskedPanel, who: string | Visitor) {
    const visitor = chat as Chat & VisitorChat
    if (typeof who !== 'string') return void (await visitor.updateContact(who))
    const before = chat.session.getSnapshot()?.contact.id
    const { id, formerIds } = await visitor.identify(who)
    // somebody else's conversations are not theirs to see
    if (before && before !== id && !formerIds?.includes(before)) tell('logout')
  },
  async logout({ chat, tell }: AskedPanel) {
    tell('close')
    await chat.logout()
    tell('logout')
  },
  async setLocale(panel: AskedPanel, tag: string) {
    const { turnTo } = await import('./turn-language.js')
    await turnTo(panel, tag)
  },
  async setPage({ chat, inbox }: AskedPanel, page?: Page | null) {
    const { setPage } = await import('./page-tracking.js')
    setPage(chat as Chat & PageChat, inbox.settings, page)
  },
}
export type PageAsk = keyof typeof asks

export async function ask(panel: AskedPanel, name: PageAsk, args: unknown[]): Promise<void> {
  const work = asks[name] as (panel: AskedPanel, ...args: unknown[]) => void | Promise<void>
  await work(panel, ...args)
}
