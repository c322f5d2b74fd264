import { websocketFrame } from './websocket-frame.js'

export type Version = '1.0.0' | '2.0.0'
/** Decimal strings in every known client; numbers are echoed as they came. */
export type Ref = string | number | null

/** One message, whichever version wrote it. */
export interface Frame {
  joinRef: Ref
  ref: Ref
  topic: string
  event: string
  payload: unknown
  /** Of a `broadcast` from a client: what is to be passed on. */
  broadcast?: Broadcast
}

/** An event on its way to the members of a topic. */
export interface Broadcast {
  event: string
  /** JSON text, or raw bytes, for which 1.0.0 has no form. */
  body: string | Uint8Array
  /** Of a row of `realtime.messages`. */
  id?: string
  replayed?: true
  /** The session that wrote it and has the answer: it may hear this a little later. */
  writer?: string
  /** True when 2.0.0 gets it as a binary frame: it came as one, or from the database. */
  compact: boolean
}

/** A WebSocket frame, whole: many receive the same bytes, and one write of one buffer is what each costs. */
export type Encoded = Buffer

/** What many receive: encoded once per version, at its first receiver. Null where the version has no form for it. */
export type Outgoing = (version: Version) => Encoded | null

export const text = (message: string): Encoded => websocketFrame([message], false)

export function encodeOnce(encode: Outgoing): Outgoing {
  const known: Partial<Record<Version, Encoded | null>> = {}
  return (version) => {
    const found = known[version]
    return found === undefined ? (known[version] = encode(version)) : found
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined for what is no JSON. */
export function parseJson(value: string): unknown {
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}
