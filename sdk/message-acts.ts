import type { Call } from './api.js'
import type { Clock } from './clock.js'
import { randomKey } from './defaults.js'
import type { insist } from './insist.js'
import { ChatError } from './protocol/errors.js'
import type { ChatEvent } from './protocol/events.js'
import { MAX_BODY_CHARS, type Message } from './protocol/message.js'
import { isOwnId, type Me } from './thread-items.js'
import { applyEvent, type ThreadState } from './thread.js'

/** What of a conversation its acts on messages need. */
interface Desk {
  insist: typeof insist
  call: Call
  clock: Clock
  random: () => number
  me: () => Me | null
  signal: AbortSignal
  state: () => ThreadState
  update: (next: ThreadState) => void
}

/** Shown at once, and taken back when the server refuses. Of one message in the order in which they were asked for. */
export interface MessageActs {
  edit(messageId: string, body: string): Promise<void>
  /** For good, and for everyone. */
  delete(messageId: string): Promise<void>
  /** Puts an emoji of one's own on a message, or takes it off. */
  react(messageId: string, emoji: string, isOn: boolean): Promise<void>
}

export function createMessageActs(desk: Desk): MessageActs {
  const lanes = new Map<string, Promise<unknown>>()

  function wish(id: string, message: Message | null, state = desk.state()): ThreadState {
    const wished = new Map(state.wished)
    if (message) wished.set(id, message)
    else wished.delete(id)
    return { ...state, wished }
  }

  async function act(
    messageId: string,
    change: (message: Message) => Message,
    post: (wished: Message, names: Record<string, string>) => Promise<ChatEvent>,
  ): Promise<void> {
    const { conversationId, messages, wished } = desk.state()
    const message = wished.get(messageId) ?? messages.find(({ id }) => id === messageId)
    if (!message) throw new ChatError('not_found', 'unable to change message; it is not loaded')
    if (message.deletedAt) throw new ChatError('gone', 'unable to change message; it was deleted')
    const mine = change(message)
    desk.update(wish(messageId, mine))
    const names = { conversationId: conversationId!, messageId }
    const before = lanes.get(messageId)
    const asked = (before ?? Promise.resolve()).catch(() => {}).then(() => desk.insist(desk, () => post(mine, names)))
    lanes.set(messageId, asked)
    // a later wish was made on top of this one and stays until its own answer
    const settle = (state: ThreadState) => (lanes.get(messageId) === asked ? wish(messageId, null, state) : state)
    try {
      const event = await asked
      desk.update(settle(applyEvent(desk.state(), event)))
    } catch (error) {
      if (!desk.signal.aborted) desk.update(settle(desk.state()))
      throw error
    } finally {
      if (lanes.get(messageId) === asked) lanes.delete(messageId)
    }
  }

  return {
    async edit(messageId, body) {
      if (!body.trim() || body.length > MAX_BODY_CHARS)
        throw new ChatError('invalid_request', 'unable to change message; it is empty or too long')
      const idempotencyKey = randomKey()
      await act(
        messageId,
        (message) => ({ ...message, body, editedAt: message.editedAt ?? message.createdAt }),
        (_, names) => desk.call('PATCH message', { names, body: { idempotencyKey, body }, signal: desk.signal }),
      )
    },
    async delete(messageId) {
      const query = { idempotencyKey: randomKey() }
      await act(
        messageId,
        (message) => ({ ...message, body: '', deletedAt: message.createdAt, reactions: undefined }),
        (_, names) => desk.call('DELETE message', { names, query, signal: desk.signal }),
      )
    },
    async react(messageId, emoji, isOn) {
      const idempotencyKey = randomKey()
      const id = desk.me()?.id ?? ''
      await act(
        messageId,
        (message) => withReaction(message, id, emoji, isOn),
        ({ reactions = [] }, names) => {
          const emojis = reactions
            .filter(({ actorIds }) => actorIds.some((one) => isOwnId(desk.me(), one)))
            .map((reaction) => reaction.emoji)
          return desk.call('PUT reactions', { names, body: { idempotencyKey, emojis }, signal: desk.signal })
        },
      )
    },
  }
}

/** What stands keeps its place. */
function withReaction(message: Message, id: string, emoji: string, isOn: boolean): Message {
  const all = message.reactions ?? []
  const known = all.some((reaction) => reaction.emoji === emoji) ? all : [...all, { emoji, actorIds: [] }]
  const reactions = known
    .map((reaction) => {
      if (reaction.emoji !== emoji) return reaction
      const actorIds = reaction.actorIds.filter((other) => other !== id)
      return { emoji, actorIds: isOn ? [...actorIds, id] : actorIds }
    })
    .filter(({ actorIds }) => actorIds.length > 0)
  return { ...message, reactions: reactions.length ? reactions : undefined }
}
