import { useSyncExternalStore } from 'react'
import type { ConnectionState } from '../index.js'
import { useProvided } from './chat-provider.js'
import { unconnected } from './chat-state.js'

/** How the chat is connected. */
export function useConnection(): ConnectionState {
  const { subscribe, getSnapshot } = useProvided().chat.connection
  return useSyncExternalStore(subscribe, getSnapshot, () => unconnected)
}
