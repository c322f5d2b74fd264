import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Queryable } from '../db/client.js'
import { fail, type Finding, ok } from './finding.js'

const DATABASE_PATIENCE_MS = 2_000

/** Whether the database answers, and how soon. */
export async function checkDatabase(db: Queryable): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), DATABASE_PATIENCE_MS)))
  const askedAt = performance.now()
  const asked = db.query('select 1').then(
    () => true,
    () => false,
  )
  const answered = await Promise.race([asked, late])
  clearTimeout(timer)
  if (answered) return ok('database', `answers in ${Math.ceil(performance.now() - askedAt)} ms`)
  const found = `does not answer within ${DATABASE_PATIENCE_MS} ms`
  return fail('database', found, 'see whether it runs and has connections left')
}

/** Whether broadcasts of the database arrive at this process; undefined where Supabase carries them. */
export function checkListening(realtime: { stats(): { listening: boolean } } | undefined): Finding {
  if (realtime?.stats().listening ?? true) return ok('realtime', 'hears the database')
  return fail('realtime', 'does not hear the database', 'it tries again by itself; see whether the database runs')
}

/** Whether a file can be written into the folder, if any: a full or read-only disk shows only then. */
export async function checkStorage(folder: string | undefined): Promise<Finding> {
  if (folder === undefined) return ok('storage', 'nothing is kept on this disk')
  const probe = join(folder, `probe-${randomUUID()}`)
  try {
    await writeFile(probe, 'probe', { flag: 'wx' })
    return ok('storage', `${folder} can be written`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return fail('storage', `${folder} cannot be written (${code})`, 'give this user the folder, or set DATA_DIR')
  } finally {
    await rm(probe, { force: true }).catch(() => {})
  }
}
