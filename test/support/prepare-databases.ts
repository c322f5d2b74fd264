import { engines, testDatabase } from './database.js'

/** Makes the first image and the template before the tests, once, so that none of them pays for it. */
export default async function prepareDatabases(): Promise<void> {
  for (const engine of engines) await (await testDatabase(engine)).close()
}
