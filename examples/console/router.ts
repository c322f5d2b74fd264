import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { ConversationView } from '../../sdk/agent.js'

/** Views in the rail, in its order. */
export const railViews = ['open', 'mine', 'unassigned', 'resolved'] as const satisfies readonly ConversationView[]
export type RailView = (typeof railViews)[number]

/** `inboxId` is `new` while one is being made. */
export type Route =
  { page: 'conversations'; view: RailView; conversationId: string | null } | { page: 'inboxes'; inboxId: string | null }

/** Reads the part of an address after `#`. What nobody knows leads to the open conversations. */
export function parseRoute(hash: string): Route {
  const [first = '', second = ''] = hash.replace(/^#\/?/, '').split('/')
  const id = /^[\w-]+$/.test(second) ? second : null
  if (first === 'inboxes') return { page: 'inboxes', inboxId: id }
  const view = railViews.find((known) => known === first)
  return { page: 'conversations', view: view ?? 'open', conversationId: view ? id : null }
}

/** The address of a route, `#` included. */
export function hrefOf(route: Route): string {
  const [first, id] = route.page === 'inboxes' ? ['inboxes', route.inboxId] : [route.view, route.conversationId]
  return `#/${first}${id ? `/${id}` : ''}`
}

/** The one-time token of a sign-in link, or null. */
export function linkTokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('link') || null
}

let hold: ((event: HashChangeEvent) => boolean) | null = null

/** While `isHeld` says yes to a change of the address, no route follows it. Returns the undo. */
export function holdRoute(isHeld: (event: HashChangeEvent) => boolean): () => void {
  hold = isHeld
  return () => {
    if (hold === isHeld) hold = null
  }
}

/** Keeps a part at the route that the address bar names. */
export class RouteController implements ReactiveController {
  route = parseRoute(location.hash)
  readonly #host: ReactiveControllerHost
  readonly #read = (event?: HashChangeEvent) => {
    if (event && hold?.(event)) return
    this.route = parseRoute(location.hash)
    this.#host.requestUpdate()
  }

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#read)
    this.#read()
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#read)
  }
}
