import type { Readable } from 'node:stream'

/** All that a stream brings, without the blob that the runtime's own reader makes of it. */
export const wholeOf = (stream: Readable): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    stream
      .on('data', (piece: Buffer) => pieces.push(piece))
      .once('end', () => resolve(Buffer.concat(pieces)))
      .once('error', reject)
      // after its end this says nothing more
      .once('close', () => reject(new Error('the body was cut off')))
  })
