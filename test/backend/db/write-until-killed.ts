// A process of its own that writes rows into the embedded database and says which were stored.
import pino from 'pino'
import { openDatabase } from '../../../backend/db/open.js'

const db = await openDatabase({ dataDir: process.argv[2]!, log: pino({ level: 'silent' }) })
for (let number = 1; ; number++) {
  await db.query('insert into workspaces (name) values ($1)', [String(number)])
  console.log(number)
}
