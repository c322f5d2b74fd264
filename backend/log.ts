import { type Logger, pino } from 'pino'

const PIECE_BYTES = 16_000
const FLUSH_MS = 100

/** Lines of JSON to a file or descriptor, written in pieces: one write for each line was a tenth of a busy process. */
export const openLog = (dest: number | string): Logger =>
  pino(pino.destination({ dest, sync: false, minLength: PIECE_BYTES, periodicFlush: FLUSH_MS }))
