import { setDraft } from './draft-aside.js'
import { fetchOnce } from './fetch-once.js'
import type { Page } from './page-tracking.js'
import type { LatePanel } from './late-panel.js'

/** What a visitor says about themselves; what is absent stays. */
export interface Visitor {
  name?: string
  email?: string
  attributes?: Record<string, string | number | boolean | null>
}

const language = fetchOnce(() => import('./turn-language.js'))
const tracking = fetchOnce(() => import('./page-tracking.js'))

/** What only the panel can do of that which a page asks for. */
const asks = {
  connect: (panel: LatePanel) => panel.start(),
  prefill: ({ composer }: LatePanel, text: string) => setDraft(composer, text),
  startConversation(panel: LatePanel, text?: string) {
    panel.startConversation()
    if (text) setDraft(panel.composer, text)
  },
  async identify({ chat, tell }: LatePanel, who: string | Visitor) {
    if (typeof who !== 'string') return void (await chat.updateContact(who))
    const before = chat.session.getSnapshot()?.contact.id
    const { id, formerIds } = await chat.identify(who)
    // somebody else's conversations are not theirs to see
    if (before && before !== id && !formerIds.includes(before)) tell('logout')
  },
  async logout({ chat, tell }: LatePanel) {
    tell('close')
    await chat.logout()
    tell('logout')
  },
  async setLocale(panel: LatePanel, tag: string) {
    const { turnTo } = await language()
    await turnTo(panel, tag)
  },
  async setPage({ chat, inbox }: LatePanel, page?: Page | null) {
    const { setPage } = await tracking()
    setPage(chat, inbox.settings, page)
  },
}
export type PageAsk = keyof typeof asks

export async function ask(panel: LatePanel, name: PageAsk, args: unknown[]): Promise<void> {
  const work = asks[name] as (panel: LatePanel, ...args: unknown[]) => void | Promise<void>
  await work(panel, ...args)
}
