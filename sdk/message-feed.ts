import type { Call } from './api.js'
import type { Clock } from './clock.js'
import { insist } from './insist.js'
import type { ConversationHead } from './protocol/conversation.js'
import { MAX_PAGE } from './protocol/routes.js'
import type { Message } from './protocol/message.js'

/** Finds the messages behind heads that moved, for those who listen to conversations without opening them. */
interface MessageFeed {
  /** Its messages up to here were told some other way. */
  told(conversationId: string, seq: number): void
  /** The head moved; `knownSeq` is where it was, 0 for a conversation never heard of. */
  moved(head: ConversationHead, knownSeq: number): void
}

export function createMessageFeed(
  { call, ...asking }: { call: Call; clock: Clock; random: () => number; signal: AbortSignal },
  tell: (conversationId: string, message: Message) => void,
): MessageFeed {
  const toldSeqs = new Map<string, number>()
  const targets = new Map<string, number>()

  async function follow(conversationId: string) {
    for (let from; (from = toldSeqs.get(conversationId)!) < targets.get(conversationId)!;) {
      const query = { afterSeq: from, limit: MAX_PAGE }
      const page = await insist(asking, () => call('GET messages', { names: { conversationId }, query }))
      for (const message of page.items) {
        if (message.seq <= toldSeqs.get(conversationId)!) continue
        toldSeqs.set(conversationId, message.seq)
        tell(conversationId, message)
      }
      if (!page.hasMore) toldSeqs.set(conversationId, Math.max(page.head, toldSeqs.get(conversationId)!))
    }
  }

  return {
    told(conversationId, seq) {
      if (seq > (toldSeqs.get(conversationId) ?? 0)) toldSeqs.set(conversationId, seq)
    },
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
