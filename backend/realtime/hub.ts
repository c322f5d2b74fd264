import { outgoingBroadcast } from './broadcast-frames.js'
import type { Broadcast, Outgoing } from './wire.js'

/** Prefix of every topic on the wire. */
export const WIRE_PREFIX = 'realtime:'

/** Public and private rooms of one name are two rooms. */
export interface Room {
  topic: string
  isPrivate: boolean
}

export interface Member {
  readonly room: Room
  deliver(kind: 'broadcast' | 'presence', outgoing: Outgoing, of?: Origin): void
}

/** Of a broadcast. */
type Origin = Pick<Broadcast, 'id' | 'writer'>

/** Who is in which room of this process. */
export interface Hub {
  enter(member: Member): void
  leave(member: Member): void
  isEmpty(room: Room): boolean
  /** Sends to everyone in the room but `except`. */
  send(room: Room, kind: 'broadcast' | 'presence', outgoing: Outgoing, of?: Origin, except?: Member): void
  broadcast(room: Room, broadcast: Broadcast, except?: Member): void
}

export function createHub(): Hub {
  const privateRooms = new Map<string, Set<Member>>()
  const publicRooms = new Map<string, Set<Member>>()
  const roomsLike = (room: Room) => (room.isPrivate ? privateRooms : publicRooms)
  const send: Hub['send'] = (room, kind, outgoing, of, except) => {
    for (const member of roomsLike(room).get(room.topic) ?? [])
      if (member !== except) member.deliver(kind, outgoing, of)
  }
  return {
    enter(member) {
      const rooms = roomsLike(member.room)
      const members = rooms.get(member.room.topic) ?? new Set()
      rooms.set(member.room.topic, members.add(member))
    },
    leave(member) {
      const rooms = roomsLike(member.room)
      const members = rooms.get(member.room.topic)
      if (members?.delete(member) && members.size === 0) rooms.delete(member.room.topic)
    },
    isEmpty: (room) => !roomsLike(room).has(room.topic),
    send,
    broadcast: (room, broadcast, except) =>
      send(room, 'broadcast', outgoingBroadcast(WIRE_PREFIX + room.topic, broadcast), broadcast, except),
  }
}
