import type * as acts from './acts.js'
import type { Call } from './api.js'
import type { Clock } from './clock.js'
import { fetchLive } from './fetch-live.js'
import { late } from './late.js'
import { topics, type Typing } from './protocol/events.js'
import type { MessageActs } from './message-acts.js'
import { createStore } from './store.js'
import type { Me } from './thread-items.js'
import type { ThreadState } from './thread.js'
import type { Typist, TypingPerson } from './typing.js'

interface Host {
  call: Call
  clock: Clock
  random: () => number
  me: () => Me | null
  say: (topic: string, event: string, payload: object) => void
  acts: () => Promise<typeof acts>
}

/** Acts on messages, and typing, of one conversation: their code is fetched when the first of them is done or heard. */
export function createLateActs(
  host: Host,
  signal: AbortSignal,
  state: () => ThreadState,
  update: (next: ThreadState) => void,
) {
  const typing = createStore<readonly TypingPerson[]>([])
  const desk = { ...host, signal, state, update, typing }
  /** Their code, and what asks again: of the chunk that talks to the server, for else it would be one that both wait for. */
  const insistent = async () => {
    const [code, { insist }] = await Promise.all([host.acts(), fetchLive()])
    return [code, { ...desk, insist }] as const
  }
  const changes = late(async () => {
    const [{ createMessageActs }, able] = await insistent()
    return createMessageActs(able)
  })
  const typist = late(async () => (await host.acts()).createTypist({ ...desk, say }))

  function say(payload: Typing) {
    const { conversationId } = state()
    if (conversationId) host.say(topics.live(conversationId), 'typing', payload)
  }
  /** Typing that nobody can hear of is nobody's loss. */
  const type = (how: (people: Typist) => void) => void typist().then(how, () => {})

  const messages: MessageActs = {
    edit: async (...asked) => (await changes()).edit(...asked),
    delete: async (...asked) => (await changes()).delete(...asked),
    react: async (...asked) => (await changes()).react(...asked),
  }
  return {
    messages,
    async rate(rating: { score: number; comment?: string }) {
      const [code, able] = await insistent()
      return code.rate(able, rating)
    },
    typing,
    startTyping: () => type((people) => people.start()),
    stopTyping: () => type((people) => people.stop()),
    // a message may come before the code has heard of it
    typingHeard: (payload: Typing, { cursor } = state()) => type((people) => people.heard(payload, cursor)),
    /** Messages came: who sent one types no more. */
    arrived() {
      if (typing.getSnapshot().length) type((people) => people.changed())
    },
  }
}
