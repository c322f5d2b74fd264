import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** One process among all that ever ran: a pid alone is given again, always 1 in a container. */
export interface ProcessIdentity {
  pid: number
  host: string
  /** Boot and moment of start where the system tells them, else empty. */
  started: string
}

export const thisProcess = (): ProcessIdentity => ({
  pid: process.pid,
  host: hostname(),
  started: startOf(process.pid),
})

/** Whether that process runs on this host; undefined when it is another host's. */
export function isRunning(identity: ProcessIdentity): boolean | undefined {
  if (identity.host !== hostname()) return undefined
  try {
    process.kill(identity.pid, 0)
  } catch (error) {
    // EPERM: it runs, as somebody else
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return identity.started === startOf(identity.pid)
}

function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // the name in parentheses may hold spaces; the 20th field after it is the start in clock ticks
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19]
    return `${boot} ${ticks}`
  } catch {
    return ''
  }
}
