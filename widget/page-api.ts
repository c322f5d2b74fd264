import type { PageAsk, Visitor } from './page-asks.js'

/**
 * What a page may ask of the widget, as methods of the element and of `window.Parley`, and what it is told.
 *
 * @fires parley-ready - The launcher is there.
 * @fires parley-open - The panel was opened.
 * @fires parley-close - The panel was closed.
 * @fires parley-message - A message came or was sent, `detail` is `{ conversationId, message, own }`.
 * @fires parley-unread - `detail` messages are unread.
 * @fires parley-error - Something asked for failed; `detail` is a `ChatError`.
 * @fires parley-texts - The launcher turned to another language.
 */
export interface PageApi {
  /** Opens the panel, with `message` in the composer when given. */
  open(options?: { message?: string }): void
  close(): void
  toggle(): void
  /** Brings back what `hide` took away, launcher and all. */
  show(): void
  hide(): void
  /** Puts `text` in the composer; nothing is sent and nothing opens. */
  prefill(text: string): void
  /** Opens the panel on a new conversation, with `text` in the composer when given. */
  startConversation(text?: string): void
  /** Says who the visitor is: by an identity token, which proves it, or as they say. Rejects with a `ChatError`, which `error` tells as well. */
  identify(who: string | Visitor): Promise<unknown>
  /** Closes the panel and forgets the visitor and all drafts; the next one to open it is somebody else. */
  logout(): Promise<unknown>
  /** Tells agents this page instead of the address and title of the window; null tells none, undefined the window's again. */
  setPage(page?: { url: string; title: string } | null): void
  setLocale(tag: string): void
  setTheme(theme: 'auto' | 'light' | 'dark'): void
  /**
   * Hears `ready`, `open`, `close`, `message`, `unread` and `error`, until the returned function is called or `signal`
   * is aborted; what is so already (ready, open or close, unread) is told at once. Frameworks hear the same as events
   * of the element: `parley-open` and so on, with what is told as `detail`.
   */
  on(type: string, listener: Listener, options?: { signal?: AbortSignal }): () => void
  off(type: string, listener: Listener): void
  /** Ends the chat here and takes the element away. The visitor's session stays for the next page. */
  shutdown(): void
}
export type Listener = (detail?: unknown) => void
export type { PageAsk }

type Call = [method: keyof PageApi, ...args: unknown[]]
type Queue = ((...call: Call) => unknown) & { q?: Iterable<Call> }

declare global {
  interface Window {
    /** A queue of calls until the first element is there, then its methods, also as `Parley('open')`. */
    Parley?: Queue | (Queue & PageApi)
  }
}

let driven: PageApi | null = null

const call = (...[method, ...args]: Call) =>
  driven ? (driven[method] as (...args: unknown[]) => unknown)(...args) : call.q.push([method, ...args])
call.q = [] as Call[]

/** Puts the methods in the place of the page's queue. */
export function takeCalls(): void {
  call.q.push(...(window.Parley?.q ?? []))
  window.Parley = new Proxy(call, {
    get: (_call, name: 'q' | keyof PageApi) => (name === 'q' ? call.q : call.bind(null, name)),
  }) as unknown as Queue & PageApi
}

/** Lets `window.Parley` drive `element`, when it drives no other, and makes the calls that waited. */
export function driveFromPage(element: PageApi): void {
  driven ??= element
  for (const one of call.q.splice(0)) call(...one)
}

/** Calls wait for the next element. */
export function stopDriving(element: PageApi): void {
  if (driven === element) driven = null
}
