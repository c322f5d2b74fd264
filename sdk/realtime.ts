import { type RealtimeChannel, RealtimeClient } from '@supabase/supabase-js'
import { childOf } from './child-of.js'
import type { Surroundings } from './defaults.js'
import { drainWindowMs } from './protocol/drain.js'
import type { RealtimeAddress } from './protocol/session.js'
import { backoffMs } from './retry.js'

/** Closes that say: everyone has to come back, so not all at once. */
const DRAIN_CODES = [1012, 1013, 4503]
const HEARTBEAT_MS = 15_000
/** A socket that leaves a beat unanswered for so long is dead, whatever it says itself. */
const BEAT_TIMEOUT_MS = 8_000
/** The same for somebody who has just come back to the page. */
const WAKE_TIMEOUT_MS = 2_000
/** One that has not opened by then is swallowed on its way, and would hang for minutes. */
const OPEN_TIMEOUT_MS = 10_000
/** Over how long to spread the first dial of one whose socket was lost, as far as it knows, alone. */
const ALONE_MS = 1_000
const RECONNECT_CAP_MS = 30_000
/** Where the way is blocked: from here on long polls do it, and a socket is only tried now and then. */
const MAX_QUICK_TRIES = 5
const SLOW_TRY_MS = 60_000
const LEAVE_TIMEOUT_MS = 1_000
/** The server gives up within a minute and says so; where it says nothing, the channel is made anew. */
const READY_TIMEOUT_MS = 65_000

/** Private topics heard over one socket. Hints only: whatever is missed is fetched by `POST /v1/sync`. */
export interface Realtime {
  join(topic: string): void
  leave(topic: string): void
  /** Lost unless the topic is joined and the socket is up. */
  say(topic: string, event: string, payload: object): void
  /** The network may be back, or the page awake: looks at once whether the socket is alive, and opens one where there is none. */
  probe(): void
  /** Over how long clients spread that lost a socket as the last one was lost, in milliseconds: after a drain it is everybody. */
  spreadMs(): number
  close(): void
}

export interface RealtimeOptions {
  address: RealtimeAddress
  token: () => Promise<string>
  /** A fresh token for one that the server calls expired, whatever our own clock says of it. */
  renew: (refused: string) => Promise<string>
  surroundings: Surroundings & { WebSocket: typeof WebSocket }
  /** After a drain of which the server did not say it. */
  reconnectWindowMs: () => number
  /** The topic is heard from now on, what the database says included; again after each rejoin. */
  joined: (topic: string) => void
  left: (topic: string) => void
  /** A socket ended before it opened. */
  refused: () => void
  heard: (topic: string, event: string, payload: unknown) => void
}

export function openRealtime({ surroundings, token, ...options }: RealtimeOptions): Realtime {
  const { clock, random } = surroundings
  const ended = childOf()
  const wanted = new Set<string>()
  const channels = new Map<string, RealtimeChannel>()
  const work = new Map<string, Promise<void>>()
  let socket: WebSocket | null = null
  let spreadMs = ALONE_MS
  let rebuilds = 0

  function track(opened: WebSocket) {
    socket = opened
    const opening = childOf(ended.signal)
    void clock.sleep(OPEN_TIMEOUT_MS, opening.signal).then(() => opening.signal.aborted || opened.close())
    opened.addEventListener('open', () => opening.abort())
    opened.addEventListener('close', ({ code, reason }) => {
      spreadMs = DRAIN_CODES.includes(code) ? (drainWindowMs(reason) ?? options.reconnectWindowMs()) : ALONE_MS
      if (!opening.signal.aborted) options.refused()
      opening.abort()
    })
    // the client sets its handlers after this, so a late socket is silenced after that
    if (ended.signal.aborted) queueMicrotask(() => silence(opened))
  }

  class TrackedSocket extends surroundings.WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      track(this)
    }
  }

  const client = new RealtimeClient(options.address.url.replace(/\/+$/, ''), {
    params: { apikey: options.address.apikey },
    transport: TrackedSocket,
    accessToken: token,
    heartbeatIntervalMs: HEARTBEAT_MS,
    heartbeatCallback: (status) => status === 'sent' && expectBeat(BEAT_TIMEOUT_MS),
    reconnectAfterMs: (tries) =>
      tries > MAX_QUICK_TRIES
        ? SLOW_TRY_MS * (3 / 4 + random() / 2)
        : random() * (tries > 1 ? Math.min(RECONNECT_CAP_MS, 1_000 * 2 ** tries) : spreadMs),
  })

  const { reconnectTimer } = client
  const redial = reconnectTimer.callback
  // after a beat without an answer the client sets it twice: the second time would end what the first began
  reconnectTimer.callback = () => {
    if (!client.isConnecting() && !client.isConnected()) redial()
  }

  /** Does not wait for the turn of the next try, as the client does, which meanwhile takes no call to connect. */
  function dial() {
    if (ended.signal.aborted) return
    reconnectTimer.reset()
    reconnectTimer.callback()
  }

  /** The client by itself gives a beat as long as there is between two; another one in its place ends the socket. */
  function expectBeat(withinMs: number) {
    const ref = client.pendingHeartbeatRef
    void clock.sleep(withinMs, ended.signal).then(() => {
      if (ref && ref === client.pendingHeartbeatRef && !ended.signal.aborted) void client.sendHeartbeat()
    })
  }

  /** Brings one topic to where it is wanted; one step at a time per topic, for a channel that leaves is in the way of its successor. */
  function settle(topic: string, afterMs = 0) {
    const step = async () => {
      await clock.sleep(afterMs, ended.signal)
      const channel = channels.get(topic)
      if (ended.signal.aborted || wanted.has(topic) === Boolean(channel)) return
      if (channel) {
        channels.delete(topic)
        await channel.unsubscribe(LEAVE_TIMEOUT_MS)
        channel.teardown()
      } else {
        // the first join does not wait for the token by itself
        await client.setAuth()
        if (wanted.has(topic) && !ended.signal.aborted) subscribe(topic)
      }
    }
    work.set(topic, (work.get(topic) ?? Promise.resolve()).then(step))
  }

  function subscribe(topic: string) {
    const channel = client.channel(topic, { config: { private: true, broadcast: { replication_ready: true } } })
    channels.set(topic, channel)
    const isOver = () => channels.get(topic) !== channel || ended.signal.aborted
    let waiting = childOf()
    channel
      .on('broadcast', { event: '*' }, ({ event, payload }) => options.heard(topic, event, payload))
      .on('system', {}, ({ status, message }: { status: string; message: string }) => {
        if (status !== 'ok' || !message.startsWith('Replication') || isOver()) return
        waiting.abort()
        rebuilds = 0
        options.joined(topic)
      })
      .subscribe((status, error) => {
        waiting.abort()
        if (isOver()) return
        if (status === 'SUBSCRIBED') {
          // joined is not yet heard: what the database says comes by a way of its own
          const { signal } = (waiting = childOf(ended.signal))
          return void clock.sleep(READY_TIMEOUT_MS, signal).then(() => void (signal.aborted || channel.unsubscribe()))
        }
        options.left(topic)
        if (status === 'CLOSED') {
          // final for this object: the server took the channel away, mostly for an old token
          channels.delete(topic)
          settle(topic, backoffMs(rebuilds++, random))
        } else if (/expired|jwt/i.test(error?.message ?? ''))
          void options.renew(client.accessTokenValue ?? '').then(
            () => client.setAuth(),
            () => {},
          )
        else if (/unauthorized/i.test(error?.message ?? '')) leave(topic)
      })
  }

  function leave(topic: string) {
    wanted.delete(topic)
    settle(topic)
  }

  /** Ends a socket without the client's own way, which leaves a timer of ten seconds behind. */
  function silence(last: WebSocket | null) {
    if (!client.getChannels().length) client.channel('last')
    for (const channel of client.getChannels()) channel.teardown()
    clearTimeout(client.heartbeatTimer)
    reconnectTimer.reset()
    if (!last) return
    last.onopen = last.onmessage = last.onclose = null
    last.onerror = () => {}
    last.close()
  }

  return {
    join(topic) {
      wanted.add(topic)
      settle(topic)
    },
    leave,
    say(topic, event, payload) {
      const channel = channels.get(topic)
      // the client would otherwise go by HTTP, or keep it for later
      if (channel?.state === 'joined' && client.isConnected()) void channel.send({ type: 'broadcast', event, payload })
    },
    probe() {
      if (!client.isConnected()) return void client.setAuth().then(dial)
      // with a beat goes a fresh token, too
      if (!client.pendingHeartbeatRef) void client.sendHeartbeat()
      expectBeat(WAKE_TIMEOUT_MS)
    },
    spreadMs: () => spreadMs,
    close() {
      ended.abort()
      silence(socket)
    },
  }
}
