import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { AgentClient } from '../agent.js'
import type { Chat, ChatError } from '../index.js'

/** The client of a visitor (`createChat`) or of an agent (`createAgent`). */
export type ChatClient = Chat | AgentClient

interface Provided {
  chat: ChatClient
  /** Why `connect()` gave up; null while it has not. */
  failure: ChatError | null
}

const ChatContext = createContext<Provided | null>(null)

/**
 * Lends `chat` to every hook below it and connects it once it is on a page, unless that was done. Whoever made `chat`
 * closes it: it outlives the provider, so that a component may come and go.
 */
export function ChatProvider({ chat, children }: { chat: ChatClient; children?: ReactNode }): ReactNode {
  const [failed, setFailed] = useState<{ chat: ChatClient; error: ChatError } | null>(null)
  const failure = failed?.chat === chat ? failed.error : null
  useEffect(() => {
    if (chat.connection.getSnapshot().phase !== 'idle') return
    chat.connect().then(
      () => setFailed(null),
      (error: ChatError) => setFailed({ chat, error }),
    )
  }, [chat])
  const provided = useMemo(() => ({ chat, failure }), [chat, failure])
  return createElement(ChatContext.Provider, { value: provided }, children)
}

export function useProvided(): Provided {
  const provided = useContext(ChatContext)
  if (!provided) throw new Error('unable to use chat; there is no <ChatProvider> above')
  return provided
}
