import type { Call } from './api.js'
import type { Clock } from './clock.js'
import { insist } from './insist.js'
import type { ConversationHead } from './protocol/conversation.js'
import { MAX_PAGE } from './protocol/routes.js'
import type { Message } from './protocol/message.js'
import { isSame, type Me } from './thread-items.js'

/** Tells of each message once, and finds those behind heads that moved, for who listens to conversations without opening them. */
interface MessageFeed {
  /** Tells of a message, unless it was told of it or of a later one. */
  came(conversationId: string, message: Message): void
  /** The head moved; `knownSeq` is where it was, 0 for a conversation never heard of. */
  moved(head: ConversationHead, knownSeq: number): void
  /** The database may be another one, whose numbers are lower. */
  forget(): void
}

export function createMessageFeed({
  call,
  me,
  events,
  ...asking
}: {
  call: Call
  clock: Clock
  random: () => number
  signal: AbortSignal
  me: () => Me | null
  events: { emit: (type: 'message', event: { conversationId: string; message: Message; own: boolean }) => void }
}): MessageFeed {
  const toldSeqs = new Map<string, number>()
  const targets = new Map<string, number>()

  async function follow(conversationId: string) {
    for (let from; (from = toldSeqs.get(conversationId)!) < targets.get(conversationId)!;) {
      const query = { afterSeq: from, limit: MAX_PAGE }
      const page = await insist(asking, () => call('GET messages', { names: { conversationId }, query }))
      for (const message of page.items) came(conversationId, message)
      if (!page.hasMore) toldSeqs.set(conversationId, Math.max(page.head, toldSeqs.get(conversationId) ?? 0))
    }
  }

  function came(conversationId: string, message: Message) {
    if (message.seq <= (toldSeqs.get(conversationId) ?? 0)) return
    toldSeqs.set(conversationId, message.seq)
    events.emit('message', { conversationId, message, own: isSame(me(), message.author) })
  }

  return {
    came,
    forget: () => toldSeqs.clear(),
    moved({ conversationId, seq }, knownSeq) {
      if (!toldSeqs.has(conversationId)) toldSeqs.set(conversationId, knownSeq)
      if (seq <= toldSeqs.get(conversationId)!) return
      const isFollowed = targets.has(conversationId)
      targets.set(conversationId, seq)
      // what is refused for good is asked for again after the next move
      if (!isFollowed)
        void follow(conversationId)
          .catch(() => {})
          .finally(() => targets.delete(conversationId))
    },
  }
}
