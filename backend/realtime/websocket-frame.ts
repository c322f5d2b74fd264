const FINAL = 0x80
const TEXT = 1
const BINARY = 2
const LENGTH_IN_16_BITS = 126
const LENGTH_IN_64_BITS = 127

/** One message in one unmasked frame, as a server sends it (RFC 6455, section 5.2). */
export function websocketFrame(payload: Uint8Array, isBinary: boolean): Buffer {
  const { length } = payload
  const lengthBytes = length < LENGTH_IN_16_BITS ? 0 : length < 0x1_0000 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + lengthBytes + length)
  frame[0] = FINAL | (isBinary ? BINARY : TEXT)
  frame[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2)
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.set(payload, 2 + lengthBytes)
  return frame
}
