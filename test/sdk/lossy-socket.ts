import { WebSocket as NodeSocket } from 'ws'

type Give = (...frames: unknown[][]) => void
/** Gets the arguments of a `message` with a broadcast, and gives on what it likes, when it likes. */
type Fate = (frame: unknown[], give: Give) => void

const asItComes: Fate = (frame, give) => give(frame)

/** A socket, and what becomes of the broadcasts that come by it. Joins and beats pass unless it `isMute`. */
export function lossySocket() {
  const way = { fate: asItComes, isMute: false, joins: 0 }
  const opened = new Set<NodeSocket>()
  class LossySocket extends NodeSocket {
    constructor(address: string | URL) {
      super(address)
      opened.add(this)
    }
    override emit(event: string | symbol, ...args: unknown[]) {
      // the other end is gone, and nobody has said so
      if (way.isMute && event === 'message') return true
      // what the answer to a join says
      if (event === 'message' && String(args[0]).includes('"postgres_changes"')) way.joins++
      const isBroadcast = event === 'message' && (args[1] === true || String(args[0]).includes('"broadcast"'))
      if (!isBroadcast) return super.emit(event, ...args)
      way.fate(args, (...frames) => frames.forEach((frame) => void super.emit('message', ...frame)))
      return true
    }
  }
  /** Ends what is open, without a goodbye; joins are counted anew. */
  const cut = () => {
    way.joins = 0
    for (const socket of opened) socket.terminate()
    opened.clear()
  }
  return { way, socket: LossySocket as unknown as typeof NodeSocket, cut }
}

/** Gives nothing on. */
export const lost: Fate = () => {}
/** Gives everything on twice. */
export const twice: Fate = (frame, give) => give(frame, frame)
/** Keeps what comes, to be given on later in any order. */
export function keeping() {
  const kept: { frame: unknown[]; give: Give }[] = []
  const fate: Fate = (frame, give) => void kept.push({ frame, give })
  return {
    fate,
    /** How many of them tell of a new message. */
    messages: () =>
      kept.filter(({ frame: [data] }) => Buffer.from(data as ArrayBuffer).includes('message.created')).length,
    giveLastFirst() {
      for (const { frame, give } of kept.splice(0).reverse()) give(frame)
    },
  }
}
