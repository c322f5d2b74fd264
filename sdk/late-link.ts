import type { ConnectionPhase, ConnectionState } from './connection.js'
import { fetchLive } from './fetch-live.js'
import type { Link, LinkOptions } from './link.js'
import type { PresenceListener } from './presence.js'
import { ChatError } from './protocol/errors.js'
import type { RealtimeAddress } from './protocol/session.js'
import { createStore } from './store.js'

/** A link whose code is fetched when it is first started: to type and to send do without it. */
export function createLateLink<S extends { realtime: RealtimeAddress }>(
  options: Omit<LinkOptions<S>, 'keeper'> & PresenceListener & { keeper: () => Promise<LinkOptions<S>['keeper']> },
): Link {
  const standing = (phase: ConnectionPhase): ConnectionState => ({
    phase,
    since: options.surroundings.clock.now(),
    transport: null,
    lastError: null,
    retryAt: null,
  })
  const state = createStore(standing('idle'))
  const watches = new Set<{ topic: string; undo?: () => void }>()
  let link: Link | null = null
  let stops = 0

  async function start(signal?: AbortSignal) {
    const before = stops
    const { createPresentLink } = await fetchLive()
    const keeper = await options.keeper()
    if (stops > before) throw new ChatError('aborted', 'unable to connect; it was called off')
    link ??= createPresentLink({ ...options, keeper }, state)
    for (const watch of watches) watch.undo ??= link.watch(watch.topic)
    return link.start(signal)
  }

  return {
    state,
    start: (signal) => (link ? link.start(signal) : start(signal)),
    watch(topic) {
      const watch = { topic, undo: link?.watch(topic) }
      watches.add(watch)
      return () => {
        watches.delete(watch)
        watch.undo?.()
      }
    },
    say: (...said) => link?.say(...said),
    soon: (isNeeded) => link?.soon(isNeeded),
    answered: (answer) => link?.answered(answer),
    stop() {
      stops++
      link?.stop()
    },
    close() {
      stops++
      if (link) link.close()
      else state.set(standing('closed'))
    },
  }
}
