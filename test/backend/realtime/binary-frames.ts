interface Push {
  joinRef: string
  ref: string
  topic: string
  event: string
  body: string | Buffer
  isRaw?: boolean
}

/** The frame in which 2.0.0 clients send a broadcast. */
export function binaryPush({ joinRef, ref, topic, event, body, isRaw = false }: Push): Buffer {
  const names = [joinRef, ref, topic, event, ''].map((name) => Buffer.from(name))
  const header = Buffer.from([3, ...names.map(({ length }) => length), isRaw ? 0 : 1])
  return Buffer.concat([header, ...names, Buffer.from(body)])
}

/** Takes the server's binary broadcast apart. */
export function readBinary(data: Buffer) {
  const [kind, topicBytes, eventBytes, metaBytes, encoding] = data
  if (kind !== 4) throw new Error(`no broadcast but kind ${kind}`)
  let at = 5
  const next = (bytes: number, encoding: BufferEncoding = 'utf8') => data.toString(encoding, at, (at += bytes))
  return {
    topic: next(topicBytes!),
    event: next(eventBytes!),
    meta: next(metaBytes!),
    encoding,
    // raw bytes a letter each
    body: next(data.length - at, encoding === 1 ? 'utf8' : 'latin1'),
  }
}
