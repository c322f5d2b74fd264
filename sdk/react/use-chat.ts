import { useMemo, useSyncExternalStore } from 'react'
import { useProvided } from './chat-provider.js'
import type { ChatState } from './chat-state.js'
import { conversationSource } from './conversation-source.js'

/**
 * One conversation, open as long as the component is there. Null begins a new one with its first message, whose id then
 * stands in `conversationId` (with an agent's client it is a conversation that was not chosen yet, and empty). On a
 * server it is an empty thread.
 */
export function useChat(conversationId: string | null): ChatState {
  const { chat, failure } = useProvided()
  const source = useMemo(() => conversationSource(chat, conversationId), [chat, conversationId])
  const state = useSyncExternalStore(source.subscribe, source.getSnapshot, () => source.empty)
  return useMemo(
    () => (failure && !state.error ? { ...state, error: failure, isLoading: false } : state),
    [failure, state],
  )
}
