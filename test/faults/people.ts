import { setTimeout as sleep } from 'node:timers/promises'
import { type AgentClient, type AgentSignIn, createAgent } from '../../sdk/agent.js'
import { systemClock } from '../../sdk/clock.js'
import { type Chat, type ChatOptions, type ChatStorage, createChat } from '../../sdk/index.js'
import { type FakeTab, fakeBrowser } from '../sdk/fake-browser.js'

const RECONNECT_MS = 500

/** What a client is started with. */
export interface Place {
  url: string
  fetch: typeof fetch
  WebSocket: typeof WebSocket
  random: () => number
  /** Calls back when the network comes back, as a browser's `online` event does. */
  onWake: (listener: () => void) => () => void
}

export interface Visitor {
  chat: Chat
  /** The page ends as by a kill, and comes back on the same browser; `connected` resolves once it is. */
  reload(): { chat: Chat; connected: Promise<void> }
}

export function aVisitor(place: Place, inboxKey: string): Visitor {
  const profile = fakeBrowser()
  const { strings } = profile
  // not its database, whose operations take many turns: where the machine is slow they would count as hanging
  const storage: ChatStorage = {
    get: (key) => strings.get(key) ?? null,
    set: (key, value) => void strings.set(key, value),
    remove: (key) => void strings.delete(key),
  }
  const open = () => aPage({ ...place, inboxKey, storage }, profile.tab())
  let page = open()
  const visitor: Visitor = {
    chat: page.chat,
    reload() {
      page.kill()
      page = open()
      visitor.chat = page.chat
      return { chat: page.chat, connected: untilConnected(page.chat) }
    },
  }
  return visitor
}

/** A page of which nothing goes on after its kill: what it waits for never comes. */
function aPage(options: ChatOptions & Place, browser: FakeTab) {
  let isDead = false
  const dies = <T>(work: Promise<T>) => work.finally(() => (isDead ? new Promise(() => {}) : undefined))
  const chat = createChat({
    ...{ ...options, browser },
    clock: { now: systemClock.now, sleep: (ms, signal) => dies(systemClock.sleep(ms, signal)) },
    fetch: (...request) => dies(options.fetch(...request)),
  })
  return {
    chat,
    kill() {
      isDead = true
      browser.kill()
      // its socket and timers are this process's
      void chat.close()
    },
  }
}

/** Told that it was refused, as a fault may say, one tries again. */
async function untilConnected(chat: Chat): Promise<void> {
  const tried = () =>
    chat.connect().then(
      () => true,
      () => false,
    )
  while (!(await tried())) await sleep(RECONNECT_MS)
}

/** Whoever signed in once, on one more device. */
export const anAgent = (place: Place, getToken: AgentSignIn['getToken']): AgentClient =>
  createAgent({ ...place, getToken })
