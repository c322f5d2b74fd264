// A process of its own that holds a data folder until it is ended.
import { lockDataDir } from '../../../backend/db/data-lock.js'

const release = await lockDataDir(process.argv[2]!).catch((error: Error) => {
  console.log(`refused ${error.message}`)
  process.exit(1)
})
console.log('holding')
process.stdin.once('data', () => void release().then(() => process.exit(0)))
