/** What a page may ask of the widget, as methods of the element and of `window.Parley`. */
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
  /** Hears `ready`, `open`, `close`, `message` and `unread`; `ready` is told at once when it is past. Returns the undo. */
  on(type: string, listener: Listener): () => void
  off(type: string, listener: Listener): void
  /** Ends the chat here and takes the element away. The visitor's session stays for the next page. */
  shutdown(): void
}
export type Listener = (detail?: unknown) => void

type Call = [method: keyof PageApi, ...args: unknown[]]
type Queue = ((...call: Call) => unknown) & { q?: ArrayLike<unknown>[] }

declare global {
  interface Window {
    /** A queue of calls until the first element is there, then its methods, also as `Parley('open')`. */
    Parley?: Queue | (Queue & PageApi)
  }
}

let driven: PageApi | null = null

/** Keeps calls for the first element, where the page does not do so already. */
export function queueCalls(): void {
  const queue: Queue = (...call) => queue.q!.push(call)
  queue.q = []
  window.Parley ??= queue
}

/** Lets `window.Parley` drive `element`, when it drives no other, and makes the calls that waited. */
export function driveFromPage(element: PageApi): void {
  if (driven) return
  driven = element
  const call = (method: keyof PageApi, ...args: unknown[]) =>
    (element[method] as (...args: unknown[]) => unknown).apply(element, args)
  const waiting = window.Parley?.q ?? []
  window.Parley = new Proxy(call, {
    get: (_call, method: keyof PageApi) => call.bind(null, method),
  }) as Queue & PageApi
  for (const one of waiting) call(...(Array.from(one) as Call))
}

/** Leaves a queue behind for the next element. */
export function stopDriving(element: PageApi): void {
  if (driven !== element) return
  driven = null
  window.Parley = undefined
  queueCalls()
}
