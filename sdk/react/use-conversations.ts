import { useMemo, useSyncExternalStore } from 'react'
import type { ConversationView } from '../agent.js'
import type { ChatError, ConversationList, ListedConversation, Store } from '../index.js'
import { type ChatClient, useProvided } from './chat-provider.js'
import { useConnection } from './use-connection.js'
import { whileHeard } from './while-heard.js'

export interface Conversations {
  /** Newest activity first. */
  conversations: readonly ListedConversation[]
  isLoading: boolean
  error: ChatError | null
  /** A visitor's list is whole; an agent's comes by pages. */
  hasMore: boolean
  loadMore(): Promise<void>
}

/** A list that is kept current as long as the component is there. `view` is an agent's choice; visitors have theirs all. */
export function useConversations(view: ConversationView = 'open'): Conversations {
  const { chat, failure } = useProvided()
  const { phase } = useConnection()
  const source = useMemo(() => listSource(chat, view), [chat, view])
  const list = useSyncExternalStore(source.subscribe, source.getSnapshot, () => EMPTY)
  const error = list.error ?? failure
  const isLoading = list.isLoading || (!error && (phase === 'idle' || phase === 'connecting'))
  return useMemo(() => {
    const { items: conversations, hasMore } = list
    return { conversations, isLoading, error, hasMore, loadMore: source.loadMore }
  }, [list, isLoading, error, source])
}

const EMPTY: ShownList = { items: [], isLoading: true, error: null, hasMore: false }
type ShownList = ConversationList & { hasMore: boolean }

function listSource(chat: ChatClient, view: ConversationView): Store<ShownList> & Pick<Conversations, 'loadMore'> {
  if (!('list' in chat)) return wholeList(chat.conversations)
  const { store, open, loadMore } = chat.list(view)
  const subscribe = whileHeard((tell) => {
    const stops = [store.subscribe(tell), open()]
    return () => stops.forEach((stop) => stop())
  })
  return { getSnapshot: store.getSnapshot, subscribe, loadMore }
}

const whole = new WeakMap<ConversationList, ShownList>()
function wholeList({ subscribe, getSnapshot }: Store<ConversationList>) {
  return {
    subscribe,
    getSnapshot() {
      const list = getSnapshot()
      const shown = whole.get(list) ?? { ...list, hasMore: false }
      whole.set(list, shown)
      return shown
    },
    loadMore: async () => {},
  }
}
