import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { describeSchema } from '../../migrations/describe-schema.js'
import { engines, testDatabase } from '../support/database.js'

test.each(engines)('schema.sql says what the migrations come to on %s', async (engine) => {
  const committed = await readFile(new URL('../../migrations/schema.sql', import.meta.url), 'utf8')
  const db = await testDatabase(engine)
  const found = await describeSchema(db).finally(() => db.close())
  expect(found, 'run `npm run schema` and review what changed').toBe(committed)
})
