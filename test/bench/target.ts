/** One message of the load: `side` says which of the two of its conversation writes it. */
interface Outgoing {
  number: number
  conversation: number
  side: 0 | 1
  body: string
}

export interface Heard {
  /** The writer knows that it is stored. */
  acknowledged(number: number): void
  /** The other one has it. */
  arrived(number: number): void
  failed(number: number, why: string): void
}

/** A system under load, as its users' side. */
export interface Target {
  /** Makes the conversations and opens both ends of each. */
  open(conversations: number): Promise<void>
  send(message: Outgoing): void
  /** Between turns: makes anew what would end in the next one. */
  renew?(): Promise<void>
}

const MARK = '~'
const DIGITS = 8
const FILLING = ' Where is my order? It was to come on Monday, and the page still says that it is on its way to me.'

/** A body of everyday length which says which message it is. */
export const bodyOf = (number: number) => `${MARK}${String(number).padStart(DIGITS, '0')}${FILLING}`

/** Which message stands in these bytes; undefined in a frame about anything else. */
export function numberIn(frame: Buffer | string): number | undefined {
  const at = frame.indexOf(MARK)
  if (at < 0) return undefined
  const digits =
    typeof frame === 'string' ? frame.slice(at + 1, at + 1 + DIGITS) : frame.toString('latin1', at + 1, at + 1 + DIGITS)
  return Number(digits)
}

/** Runs `work` for 0 … count - 1, some at a time. */
export async function eachOf(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker))
}
