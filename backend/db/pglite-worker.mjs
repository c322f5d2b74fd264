// The embedded engine in a thread of its own: its queries compute for milliseconds at a time, which would stop
// every socket of the process. Run as a program it makes a new, empty cluster in the folder of its argument:
// making one takes some 800 MB for a moment, which a process gives back when it ends.
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { PGlite, types } from '@electric-sql/pglite'

/**
 * @typedef {{ id: number, act: 'query' | 'script', text: string, params: unknown[], asTuples: boolean }} QueryRequest
 * @typedef {{ id: number, act: 'listen' | 'unlisten', channel: string }} ListenRequest
 * @typedef {{ id: number, act: 'close' }} CloseRequest
 * @typedef {QueryRequest | ListenRequest | CloseRequest} Request
 * @typedef {{ id: number, rows?: unknown[], failure?: Record<string, unknown> }} Answer
 * @typedef {{ channel: string, payload: string }} Notification
 */

const asItStands = (/** @type {string} */ text) => text
const parsers = {
  [types.INT8]: Number,
  [types.DATE]: asItStands,
  [types.TIMESTAMP]: asItStands,
  [types.TIMESTAMPTZ]: asItStands,
}
const jsonText = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : JSON.stringify(value))
const serializers = {
  [types.JSON]: jsonText,
  [types.JSONB]: jsonText,
  [types.INT8]: String,
}

/** @param {string} folder */
async function serve(folder) {
  const db = await PGlite.create(folder, { parsers, serializers })
  await db.exec("set time zone 'UTC'")
  const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
  /** @type {Map<string, () => Promise<void>>} */
  const listening = new Map()

  /** @param {Request} request @returns {Promise<unknown[]>} */
  async function perform(request) {
    switch (request.act) {
      case 'query':
        return (await db.query(request.text, request.params, { rowMode: request.asTuples ? 'array' : 'object' })).rows
      case 'script':
        return (await db.exec(request.text, { rowMode: request.asTuples ? 'array' : 'object' })).at(-1)?.rows ?? []
      case 'listen': {
        const { channel } = request
        listening.set(channel, await db.listen(channel, (payload) => port.postMessage({ channel, payload })))
        return []
      }
      case 'unlisten':
        await listening.get(request.channel)?.()
        listening.delete(request.channel)
        return []
      case 'close':
        await db.close()
        return []
    }
  }

  port.on('message', async (/** @type {Request} */ request) => {
    try {
      port.postMessage({ id: request.id, rows: await perform(request) })
    } catch (error) {
      const { message, code, detail, hint, constraint, table, column, where } = Object(error)
      const failure = { message: message ?? String(error), code, detail, hint, constraint, table, column, where }
      port.postMessage({ id: request.id, failure })
    }
    if (request.act === 'close') port.close()
  })
  port.postMessage({ id: 0, rows: [] })
}

if (isMainThread) await (await PGlite.create(/** @type {string} */ (process.argv[2]))).close()
else await serve(workerData.folder)
