const FINAL = 0x80
const TEXT = 1
const BINARY = 2
const LENGTH_IN_16_BITS = 126
const LENGTH_IN_64_BITS = 127

type Part = string | Uint8Array
const bytesOf = (part: Part) => (typeof part === 'string' ? Buffer.byteLength(part) : part.length)

/** One message in one unmasked frame, as a server sends it (RFC 6455, section 5.2). Its parts follow each other. */
export function websocketFrame(parts: readonly Part[], isBinary: boolean): Buffer {
  const length = parts.reduce((sum, part) => sum + bytesOf(part), 0)
  const lengthBytes = length < LENGTH_IN_16_BITS ? 0 : length < 0x1_0000 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + lengthBytes + length)
  frame[0] = FINAL | (isBinary ? BINARY : TEXT)
  frame[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2)
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  let at = 2 + lengthBytes
  for (const part of parts) {
    if (typeof part === 'string') at += frame.write(part, at)
    else {
      frame.set(part, at)
      at += part.length
    }
  }
  return frame
}
