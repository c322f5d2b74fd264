import { bodyBytes } from './broadcast.js'
import type { Room } from './hub.js'
import { type Broadcast, isObject } from './wire.js'

interface Message {
  room: Room
  broadcast: Broadcast
}
type Batch = { messages: Message[]; errors?: undefined } | { messages?: undefined; errors: unknown[] }

const BLANK = "can't be blank"

/** Reads the body of a batch. One bad message refuses them all. */
export function readBatch(body: unknown, payloadBytes: number): Batch {
  const asked = isObject(body) && Array.isArray(body['messages']) ? (body['messages'] as unknown[]) : []
  if (asked.length === 0) return { errors: [BLANK] }
  const read = asked.map((message) => readMessage(message, payloadBytes))
  if (read.some(({ message }) => !message)) return { errors: read.map(({ errors = {} }) => errors) }
  return { messages: read.flatMap(({ message }) => message ?? []) }
}

function readMessage(asked: unknown, payloadBytes: number): { message?: Message; errors?: Record<string, string[]> } {
  const { topic, event, payload, private: isPrivate } = isObject(asked) ? asked : {}
  const errors: Record<string, string[]> = {}
  if (typeof topic !== 'string' || topic === '') errors['topic'] = [BLANK]
  if (typeof event !== 'string' || event === '') errors['event'] = [BLANK]
  if (!isObject(payload)) errors['payload'] = [payload === undefined ? BLANK : 'is invalid']
  if (Object.keys(errors).length > 0) return { errors }
  const broadcast = { event: event as string, body: JSON.stringify(payload), compact: false }
  if (bodyBytes(broadcast) > payloadBytes) return { errors: { payload: ['Payload size exceeds tenant limit'] } }
  return { message: { room: { topic: topic as string, isPrivate: isPrivate === true }, broadcast } }
}
