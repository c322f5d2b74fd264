import { migrate } from '../../migrations/migrate.js'
import type { Db } from '../db/client.js'
import type { Tell } from './export.js'

/** Brings a database that was taken back up to date, and begins new epochs in each of its workspaces at once. */
export async function renewEpochs(db: Db, tell: Tell): Promise<void> {
  await migrate(db)
  await db.transaction(async (tx) => {
    await tx.query('set local lock_timeout = 0; set local statement_timeout = 0')
    const renewed = await tx.query<{ name: string; conversations: number }>(
      'select name, renew_epochs(id) as conversations from workspaces order by created_at, id',
    )
    for (const { name, conversations } of renewed) tell(`${name}: ${conversations} conversations`)
  })
}
