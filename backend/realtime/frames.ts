import { decodePush } from './broadcast-frames.js'
import { type Frame, isObject, parseJson, type Ref, type Version } from './wire.js'

const isRef = (value: unknown): value is Ref => value === null || typeof value === 'string' || typeof value === 'number'

/** Null for what is malformed or unknown: such frames are dropped and the socket lives on. */
export function decodeFrame(data: Buffer, isBinary: boolean, version: Version): Frame | null {
  if (isBinary) return version === '2.0.0' ? decodePush(data) : null
  const parsed = parseJson(data.toString('utf8'))
  const [joinRef, ref, topic, event, payload] = version === '2.0.0' ? fromArray(parsed) : fromObject(parsed)
  if (!isRef(joinRef) || !isRef(ref) || typeof topic !== 'string' || typeof event !== 'string') return null
  if (event !== 'broadcast') return { joinRef, ref, topic, event, payload }
  if (!isObject(payload) || typeof payload['event'] !== 'string') return null
  const broadcast = { event: payload['event'], body: JSON.stringify(payload['payload'] ?? {}), compact: false }
  return { joinRef, ref, topic, event, payload: null, broadcast }
}

export function encodeFrame(frame: Omit<Frame, 'broadcast'>, version: Version): string {
  const { joinRef, ref, topic, event, payload } = frame
  return JSON.stringify(version === '2.0.0' ? [joinRef, ref, topic, event, payload] : { ref, event, payload, topic })
}

const fromArray = (parsed: unknown): unknown[] => (Array.isArray(parsed) && parsed.length >= 5 ? parsed : [])
const fromObject = (parsed: unknown): unknown[] =>
  isObject(parsed)
    ? [parsed['join_ref'] ?? null, parsed['ref'] ?? null, parsed['topic'], parsed['event'], parsed['payload']]
    : []
