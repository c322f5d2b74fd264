import { randomBytes } from 'node:crypto'
import { encodeFrame } from './frames.js'
import { type Hub, type Member, type Room, WIRE_PREFIX } from './hub.js'
import { encodeOnce, text } from './wire.js'

const roomKey = (room: Room) => `${room.isPrivate ? 'private' : 'public'} ${room.topic}`

interface Meta extends Record<string, unknown> {
  phx_ref: string
  phx_ref_prev?: string
}
interface Entry {
  key: string
  /** JSON of the tracked payload, to tell whether a second track changes anything. */
  tracked: string
  meta: Meta
}
/** Key to its entries, as it travels. Without a prototype: `__proto__` is a key like any other. */
type Presences = Record<string, { metas: Meta[] }>

/** Who is present where. One entry per channel; entries of one key are shown together. */
export interface Presence {
  track(member: Member, key: string, payload: Record<string, unknown>): void
  untrack(member: Member): void
  state(room: Room): Presences
}

export function createPresence(hub: Hub): Presence {
  const rooms = new Map<string, Map<Member, Entry>>()
  const tell = (room: Room, joins: Entry[], leaves: Entry[]) => {
    const frame = {
      joinRef: null,
      ref: null,
      topic: WIRE_PREFIX + room.topic,
      event: 'presence_diff',
      payload: { joins: grouped(joins), leaves: grouped(leaves) },
    }
    hub.send(
      room,
      'presence',
      encodeOnce((version) => text(encodeFrame(frame, version))),
    )
  }
  return {
    track(member, key, payload) {
      const roomsKey = roomKey(member.room)
      const entries = rooms.get(roomsKey) ?? new Map<Member, Entry>()
      const before = entries.get(member)
      const tracked = JSON.stringify(payload)
      if (before?.tracked === tracked) return
      const phx_ref = randomBytes(12).toString('base64url')
      const prior = before && { phx_ref_prev: before.meta.phx_ref }
      const entry = { key, tracked, meta: { ...payload, phx_ref, ...prior } }
      rooms.set(roomsKey, entries.set(member, entry))
      tell(member.room, [entry], before ? [before] : [])
    },
    untrack(member) {
      const roomsKey = roomKey(member.room)
      const entries = rooms.get(roomsKey)
      const before = entries?.get(member)
      if (!entries || !before) return
      entries.delete(member)
      if (entries.size === 0) rooms.delete(roomsKey)
      tell(member.room, [], [before])
    },
    state: (room) => grouped([...(rooms.get(roomKey(room))?.values() ?? [])]),
  }
}

function grouped(entries: Entry[]): Presences {
  const presences = Object.create(null) as Presences
  for (const { key, meta } of entries) (presences[key] ??= { metas: [] }).metas.push(meta)
  return presences
}
