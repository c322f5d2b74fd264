import type { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import * as ws from 'ws'
import { encodeBroadcast, outgoingBroadcast } from '../../../backend/realtime/broadcast-frames.js'
import { decodeFrame, encodeFrame } from '../../../backend/realtime/frames.js'
import { websocketFrame } from '../../../backend/realtime/websocket-frame.js'
import { binaryPush, readBinary } from './binary-frames.js'

const TOPIC = 'realtime:room:7'

/** `ws` has it, its types do not. */
const { Receiver } = ws as unknown as { Receiver: new () => Writable }

/** As a client takes it off the wire. */
function messageIn(frame: Buffer): { data: Buffer; isBinary: boolean } {
  let message: { data: Buffer; isBinary: boolean } | undefined
  const receiver = new Receiver()
  receiver.on('message', (data: Buffer, isBinary: boolean) => (message = { data, isBinary }))
  receiver.write(frame)
  return message!
}

describe('frames of clients', () => {
  test('the array of 2.0.0 and the object of 1.0.0 read alike', () => {
    const frame = { joinRef: '1', ref: '2', topic: TOPIC, event: 'presence', payload: { event: 'track' } }
    const array = JSON.stringify(['1', '2', TOPIC, 'presence', { event: 'track' }])
    const object = JSON.stringify({
      topic: TOPIC,
      event: 'presence',
      payload: { event: 'track' },
      ref: '2',
      join_ref: '1',
    })
    expect(decodeFrame(Buffer.from(array), false, '2.0.0')).toEqual(frame)
    expect(decodeFrame(Buffer.from(object), false, '1.0.0')).toEqual(frame)
  })

  test('a broadcast reads alike as text and as bytes', () => {
    const text = JSON.stringify([
      '1',
      '2',
      TOPIC,
      'broadcast',
      { type: 'broadcast', event: 'typing', payload: { name: 'Åse' } },
    ])
    const broadcast = { event: 'typing', body: '{"name":"Åse"}' }
    expect(decodeFrame(Buffer.from(text), false, '2.0.0')?.broadcast).toEqual({ ...broadcast, compact: false })
    const push = binaryPush({ joinRef: '1', ref: '2', topic: TOPIC, event: 'typing', body: '{"name":"Åse"}' })
    expect(decodeFrame(push, true, '2.0.0')).toMatchObject({ joinRef: '1', ref: '2', topic: TOPIC })
    expect(decodeFrame(push, true, '2.0.0')?.broadcast).toEqual({ ...broadcast, compact: true })
  })

  test('raw bytes stay bytes', () => {
    const push = binaryPush({
      joinRef: '',
      ref: '',
      topic: TOPIC,
      event: 'e',
      body: Buffer.from([0, 255]),
      isRaw: true,
    })
    expect(decodeFrame(push, true, '2.0.0')).toMatchObject({ joinRef: null, ref: null })
    expect(decodeFrame(push, true, '2.0.0')?.broadcast?.body).toEqual(new Uint8Array([0, 255]))
  })

  test('numeric refs are kept as they came', () => {
    expect(decodeFrame(Buffer.from('[1,1,"phoenix","heartbeat",{}]'), false, '2.0.0')).toMatchObject({
      joinRef: 1,
      ref: 1,
    })
  })

  test.each([
    ['no JSON', 'potato'],
    ['null', 'null'],
    ['nothing', ''],
    ['a short array', '["1","1","phoenix"]'],
    ['an object where an array is due', '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}'],
    ['a topic that is no string', '["1","1",7,"heartbeat",{}]'],
    ['a ref that is an object', '[{},"1","phoenix","heartbeat",{}]'],
    ['a broadcast without an event', '["1","1","realtime:a","broadcast",{}]'],
    ['a broadcast that is no object', '["1","1","realtime:a","broadcast","str"]'],
  ])('%s is dropped', (_name, text) => {
    expect(decodeFrame(Buffer.from(text), false, '2.0.0')).toBeNull()
  })

  test.each([
    ['an unknown kind', Buffer.from([9, 0, 0, 0, 0, 0, 0])],
    ['a cut header', Buffer.from([3, 1])],
    ['lengths beyond the end', Buffer.from([3, 250, 1, 1, 1, 1, 1])],
    ['broken JSON', binaryPush({ joinRef: '1', ref: '2', topic: TOPIC, event: 'e', body: '{"n":' })],
  ])('bytes with %s are dropped', (_name, bytes) => {
    expect(decodeFrame(bytes, true, '2.0.0')).toBeNull()
  })

  test('bytes on a 1.0.0 socket are dropped', () => {
    const push = binaryPush({ joinRef: '1', ref: '2', topic: TOPIC, event: 'e', body: '{}' })
    expect(decodeFrame(push, true, '1.0.0')).toBeNull()
  })
})

describe('frames of the server', () => {
  const reply = { joinRef: '1', ref: '2', topic: TOPIC, event: 'phx_reply', payload: { status: 'ok', response: {} } }
  const stored = { event: 'event', body: '{"seq":7}', id: 'a1', compact: true }

  test('each version has its own text form', () => {
    expect(encodeFrame(reply, '2.0.0')).toBe('["1","2","realtime:room:7","phx_reply",{"status":"ok","response":{}}]')
    expect(JSON.parse(encodeFrame(reply, '1.0.0'))).toEqual({
      ref: '2',
      event: 'phx_reply',
      payload: { status: 'ok', response: {} },
      topic: TOPIC,
    })
  })

  test('what the database sent is binary with its id on 2.0.0, text on 1.0.0', () => {
    const binary = messageIn(encodeBroadcast(TOPIC, stored, '2.0.0')!)
    expect(binary.isBinary).toBe(true)
    expect(readBinary(binary.data)).toEqual({
      topic: TOPIC,
      event: 'event',
      meta: '{"id":"a1"}',
      encoding: 1,
      body: '{"seq":7}',
    })
    expect(JSON.parse(messageIn(encodeBroadcast(TOPIC, stored, '1.0.0')!).data.toString())).toEqual({
      ref: null,
      event: 'broadcast',
      payload: { type: 'broadcast', event: 'event', payload: { seq: 7 }, meta: { id: 'a1' } },
      topic: TOPIC,
    })
  })

  test('what is replayed is text with the join ref', () => {
    const replayed = { ...stored, compact: false, replayed: true as const }
    expect(JSON.parse(messageIn(encodeBroadcast(TOPIC, replayed, '2.0.0', '6')!).data.toString())).toEqual([
      '6',
      null,
      TOPIC,
      'broadcast',
      { type: 'broadcast', event: 'event', payload: { seq: 7 }, meta: { id: 'a1', replayed: true } },
    ])
  })

  test.each([0, 125, 126, 65_535, 65_536])('a message of %i bytes arrives whole', (length) => {
    const data = Buffer.alloc(length, 'x')
    expect(messageIn(websocketFrame(['x'.repeat(length % 7), data.subarray(length % 7)], true))).toEqual({
      data,
      isBinary: true,
    })
    expect(messageIn(websocketFrame([data.toString()], false))).toEqual({ data, isBinary: false })
  })

  test('names too long for a binary frame make it text', () => {
    const { isBinary } = messageIn(encodeBroadcast(TOPIC, { ...stored, event: 'e'.repeat(256) }, '2.0.0')!)
    expect(isBinary).toBe(false)
  })

  test('1.0.0 has no form for raw bytes', () => {
    expect(encodeBroadcast(TOPIC, { event: 'e', body: new Uint8Array([1]), compact: true }, '1.0.0')).toBeNull()
  })

  test('a message is encoded once per version, not per receiver', () => {
    const outgoing = outgoingBroadcast(TOPIC, stored)
    expect(outgoing('2.0.0')).toBe(outgoing('2.0.0'))
    expect(outgoing('1.0.0')).toBe(outgoing('1.0.0'))
    expect(outgoing('1.0.0')).not.toBe(outgoing('2.0.0'))
  })
})
