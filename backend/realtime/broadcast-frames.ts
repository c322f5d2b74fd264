import { websocketFrame } from './websocket-frame.js'
import {
  type Broadcast,
  type Encoded,
  encodeOnce,
  type Frame,
  type Outgoing,
  parseJson,
  type Ref,
  text,
  type Version,
} from './wire.js'

const PUSH = 3
const BROADCAST = 4
const JSON_BODY = 1
const MAX_NAME_BYTES = 255

/** Reads the binary frame in which 2.0.0 clients send broadcasts. */
export function decodePush(data: Buffer): Frame | null {
  if (data.length < 7 || data[0] !== PUSH) return null
  let at = 7
  const names = [1, 2, 3, 4, 5].map((index) => {
    const from = at
    at += data[index]!
    return data.toString('utf8', from, at)
  })
  if (at > data.length) return null
  const [joinRef, ref, topic, event] = names as [string, string, string, string]
  const bytes = data.subarray(at)
  const isJson = data[6] === JSON_BODY
  const body = isJson ? bytes.toString('utf8') : new Uint8Array(bytes)
  // receivers parse it inside their message handler, where a broken one would throw
  if (typeof body === 'string' && parseJson(body) === undefined) return null
  const broadcast = { event, body, compact: true }
  return { joinRef: joinRef || null, ref: ref || null, topic, event: 'broadcast', payload: null, broadcast }
}

/** `joinRef` is set for what is replayed to one channel; live ones carry none. */
export function encodeBroadcast(
  topic: string,
  broadcast: Broadcast,
  version: Version,
  joinRef: Ref = null,
): Encoded | null {
  const { event, body, compact } = broadcast
  const isRaw = typeof body !== 'string'
  const bytes = { topic: Buffer.byteLength(topic), event: Buffer.byteLength(event) }
  const fits = bytes.topic <= MAX_NAME_BYTES && bytes.event <= MAX_NAME_BYTES
  if (version === '2.0.0' && (compact || isRaw) && fits) {
    // ids and the words around them are ASCII
    const meta = broadcast.id ? JSON.stringify(metaOf(broadcast)) : ''
    const lengths = Buffer.of(BROADCAST, bytes.topic, bytes.event, meta.length, isRaw ? 0 : JSON_BODY)
    return websocketFrame([lengths, topic, event, meta, body], true)
  }
  if (isRaw) return null
  const meta = broadcast.id ? `,"meta":${JSON.stringify(metaOf(broadcast))}` : ''
  const payload = `{"type":"broadcast","event":${JSON.stringify(event)},"payload":${body}${meta}}`
  const onTopic = JSON.stringify(topic)
  if (version === '1.0.0') return text(`{"ref":null,"event":"broadcast","payload":${payload},"topic":${onTopic}}`)
  return text(`[${JSON.stringify(joinRef)},null,${onTopic},"broadcast",${payload}]`)
}

export const outgoingBroadcast = (topic: string, broadcast: Broadcast): Outgoing =>
  encodeOnce((version) => encodeBroadcast(topic, broadcast, version))

const metaOf = ({ id, replayed }: Broadcast) => ({ id, replayed })
