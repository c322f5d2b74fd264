import type { ConversationList } from './conversation-list.js'
import type { Store } from './store.js'

/** The newest conversation that is not resolved, once the list is loaded; null where there is none. */
export const currentConversation = (list: Store<ConversationList>): Promise<string | null> =>
  new Promise((resolve) => {
    const look = () => {
      const { items, isLoading } = list.getSnapshot()
      if (isLoading) return
      stop()
      resolve(items.find(({ status }) => status !== 'resolved')?.conversationId ?? null)
    }
    const stop = list.subscribe(look)
    look()
  })
