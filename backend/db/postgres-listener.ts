import postgres from 'postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from './client.js'
import { queryError } from './errors.js'

const CONNECT_TIMEOUT_S = 5
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000
/** How often the session is asked whether it is still there, and how long it may take to say so. */
const BEAT = { everyMs: 15_000, answerMs: 10_000 }

interface Listener {
  onPayload: (payload: string) => void
  onListening: (listening: boolean) => void
}

/**
 * One session that does nothing but listen. The driver's own `listen` tries only once to come back after its
 * connection was lost, so that a restart of Postgres would leave a server deaf.
 */
export function createPostgresListener(
  url: () => string,
  beat = BEAT,
): Pick<Db, 'listen' | 'close'> & {
  /** Puts a new session in the place of this one, if there is one: another connection to the database was silent. */
  renew: () => void
} {
  const listeners = new Map<string, Set<Listener>>()
  const closing = new AbortController()
  let sql: postgres.Sql | undefined
  let listening = false
  let comingBack = false
  let asking: Promise<void> | undefined

  const everyone = () => [...listeners.values()].flatMap((some) => [...some])
  const connect = () => {
    const session: postgres.Sql = postgres(url(), {
      max: 1,
      idle_timeout: undefined,
      max_lifetime: null,
      fetch_types: false,
      connect_timeout: CONNECT_TIMEOUT_S,
      keep_alive: 15,
      backoff: false,
      connection: { application_name: 'parley listening' },
      onnotice: () => {},
      onclose: () => session === sql && lost(),
      // passed through to the connection as the driver's own `listen` does
      ...{
        onnotify: (channel: string, payload: string) =>
          listeners.get(channel)?.forEach((one) => one.onPayload(payload)),
      },
    })
    return session
  }

  function giveUp(session: postgres.Sql | undefined): void {
    if (!session || session !== sql) return
    sql = undefined
    void session.end({ timeout: 0 })
    lost()
  }

  /** A session that does not answer is given up: whose other end went without a word looks alive for many minutes. */
  async function ask(text: string): Promise<void> {
    const session = (sql ??= connect())
    const answered = new AbortController()
    void sleep(beat.answerMs, undefined, { signal: answered.signal, ref: false }).then(
      () => giveUp(session),
      () => {},
    )
    try {
      await session.unsafe(text)
    } finally {
      answered.abort()
    }
  }

  async function keepAsking(): Promise<void> {
    while (!closing.signal.aborted) {
      await sleep(beat.everyMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
      if (listening) await ask('select 1').catch(() => {})
    }
  }

  function lost(): void {
    if (listening) everyone().forEach((one) => one.onListening(false))
    listening = false
    if (!closing.signal.aborted) void comeBack()
  }

  async function comeBack(): Promise<void> {
    if (comingBack) return
    comingBack = true
    for (
      let waitMs = FIRST_RETRY_MS;
      !listening && !closing.signal.aborted;
      waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS)
    ) {
      try {
        await sleep(waitMs * (0.5 + Math.random() / 2), undefined, { signal: closing.signal })
        await ask([...listeners.keys()].map((channel) => `listen ${quoted(channel)}`).join(';') || 'select 1')
        listening = true
        everyone().forEach((one) => one.onListening(true))
      } catch {
        // still down: the next round asks again
      }
    }
    comingBack = false
  }

  return {
    async listen(channel, onPayload, onListening = () => {}) {
      const listener = { onPayload, onListening }
      const known = listeners.get(channel)
      if (known) known.add(listener)
      else listeners.set(channel, new Set([listener]))
      const stop = async () => {
        const rest = listeners.get(channel)
        rest?.delete(listener)
        if (rest?.size !== 0) return
        listeners.delete(channel)
        if (listening) await ask(`unlisten ${quoted(channel)}`)
      }
      try {
        await ask(`listen ${quoted(channel)}`)
        listening = true
        asking ??= keepAsking()
      } catch (error) {
        listeners.get(channel)?.delete(listener)
        throw queryError(error)
      }
      return stop
    },
    renew: () => giveUp(sql),
    async close() {
      closing.abort()
      listeners.clear()
      await Promise.all([asking, sql?.end({ timeout: 1 })])
    },
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
