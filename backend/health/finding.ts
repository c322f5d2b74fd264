/** What one check found. */
export interface Finding {
  check: string
  state: 'ok' | 'warn' | 'fail'
  /** For people; never a secret. */
  found: string
  /** What to do about it. */
  cure?: string
}

export const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found })
export const warn = (check: string, found: string, cure: string): Finding => ({ check, state: 'warn', found, cure })
export const fail = (check: string, found: string, cure: string): Finding => ({ check, state: 'fail', found, cure })
