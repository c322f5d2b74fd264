import { type Logger, pino } from 'pino'

/** From the one that says most. `debug` has a line for each request, `info` for those that were refused or failed. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

const PIECE_CHARS = 8_192
const FLUSH_MS = 100

/**
 * Lines of JSON to a file or descriptor, written in pieces: one write for each line was a tenth of a busy process, and
 * the destination's own `minLength` measures all that waits at each line.
 */
export function openLog(dest: number | string, level: LogLevel = 'info'): Logger {
  const destination = pino.destination({ dest, sync: false })
  let lines: string[] = []
  let chars = 0
  const flush = () => {
    if (lines.length > 0) destination.write(lines.join(''))
    lines = []
    chars = 0
  }
  setInterval(flush, FLUSH_MS).unref()
  // before the destination writes out what it has
  process.prependListener('beforeExit', flush).prependListener('exit', flush)
  const write = (line: string) => {
    lines.push(line)
    chars += line.length
    if (chars >= PIECE_CHARS) flush()
  }
  return pino({ level }, { write })
}
