import type { Chat, InboxSettings } from '../sdk/index.js'
import { pageTitle } from './page-title.js'

export interface Page {
  url: string
  title: string
}
type Settings = Partial<Pick<InboxSettings, 'tracksPages'>>

/** What a site says the page is, where it does; null that nobody shall see. */
const said = new WeakMap<Chat, Page | null>()
const told = new WeakMap<Chat, string>()

function tellPage(chat: Chat, { tracksPages = true }: Settings): void {
  const window = { url: location.href, title: pageTitle() }
  const page = tracksPages ? (said.has(chat) ? said.get(chat)! : window) : null
  const now = JSON.stringify(page)
  if (now === (told.get(chat) ?? 'null')) return
  told.set(chat, now)
  chat.page(page)
}

/** See `PageApi.setPage`. */
export function setPage(chat: Chat, settings: Settings, page?: Page | null): void {
  if (page === undefined) said.delete(chat)
  else said.set(chat, page)
  tellPage(chat, settings)
}

/** Tells each page that the visitor comes to without leaving the document. */
export function trackPages(chat: Chat, settings: Settings): () => void {
  const over = new AbortController()
  const tell = () => tellPage(chat, settings)
  const { signal } = over
  // pushState is heard by the first of them only; elsewhere the title, which rarely stays, gives it away
  const places: [EventTarget | undefined, string][] = [
    [(window as { navigation?: EventTarget }).navigation, 'currententrychange'],
    [window, 'popstate'],
    [window, 'hashchange'],
  ]
  for (const [place, type] of places) place?.addEventListener(type, tell, { signal })
  const titles = new MutationObserver(tell)
  titles.observe(document.head, { childList: true, subtree: true, characterData: true })
  tell()
  return () => {
    over.abort()
    titles.disconnect()
  }
}
