import type { Client } from './client.js'
import { activityOf, type ConversationList, isSameList } from './conversation-list.js'
import { listedIn } from './conversation-view.js'
import type { Surroundings } from './defaults.js'
import { loadAgain } from './load-again.js'
import type { ConversationView } from './protocol/conversation.js'
import type { AgentSession } from './protocol/session.js'
import { asChatError } from './retry.js'
import { createStore, type Store } from './store.js'
import { isSame } from './thread-items.js'

const PAGE = 50

export interface ConversationListView {
  readonly store: Store<ConversationList & { hasMore: boolean }>
  /** Loads the first page and keeps the list current until the returned undo was called as often as this. */
  open(): () => void
  loadMore(): Promise<void>
}

/** `reloads` holds the open views, each by what loads its first page anew. */
export function listView(
  client: Client<AgentSession>,
  surroundings: Surroundings,
  view: ConversationView,
  reloads: Set<() => void>,
): ConversationListView {
  const store = createStore<ConversationList & { hasMore: boolean }>({
    items: [],
    isLoading: false,
    error: null,
    hasMore: false,
  })
  let openCount = 0
  let nextCursor: string | null = null
  let until = ''
  let unsubscribe: (() => void) | null = null
  let loads = 0

  function show(change: Partial<ConversationList> = {}) {
    const before = store.getSnapshot()
    const items = listedIn(client.lists.getSnapshot(), view, client.me(), until)
    if (isSameList(items, before.items) && !Object.keys(change).length) return
    store.set({ ...before, items, hasMore: nextCursor !== null, ...change })
  }

  async function load(cursor: string | null) {
    if (!client.session.getSnapshot()) return
    const mine = ++loads
    show({ isLoading: true })
    try {
      const page = await client.call('GET conversations', { query: { view, limit: PAGE, cursor: cursor ?? undefined } })
      if (mine !== loads) return
      nextCursor = page.nextCursor
      const last = page.items.at(-1)
      until = nextCursor && last ? activityOf(last) : ''
      client.listed(
        page.items,
        page.receipts.filter(({ actor }) => isSame(client.me(), actor)),
      )
      show({ isLoading: false, error: null })
      again(null)
    } catch (error) {
      if (mine !== loads) return
      const failure = asChatError(error)
      show({ isLoading: false, error: failure })
      again(failure)
    }
  }

  const reload = () => void load(null)
  const again = loadAgain({ ...surroundings, signal: client.signal }, () => openCount && reload())

  return {
    store,
    open() {
      if (!openCount++) {
        unsubscribe = client.lists.subscribe(() => show())
        reloads.add(reload)
        reload()
      }
      let isUndone = false
      return () => {
        if (isUndone) return
        isUndone = true
        if (--openCount) return
        unsubscribe?.()
        reloads.delete(reload)
      }
    },
    async loadMore() {
      if (nextCursor && !store.getSnapshot().isLoading) await load(nextCursor)
    },
  }
}
