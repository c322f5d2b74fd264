import { serveStatic } from '@hono/node-server/serve-static'
import type { Context } from 'hono'
import { packageRoot } from '../package-root.js'

const HASHED = /-[\w-]{8}(\.\w+|\/[\w-]+\.js)$/

/** A file with its hash in its name or its folder's never changes; any other is asked for again each time. */
const kept = (path: string, c: Context): void =>
  c.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')

/** Files of a folder of this package, by the address they are asked for; passes on what is not there. */
export const builtFiles = (folder: `/${string}`) =>
  serveStatic({ root: packageRoot, rewriteRequestPath: (path) => folder + path, onFound: kept })

/** One file of this package. */
export const builtFile = (path: string) => serveStatic({ root: packageRoot, path, onFound: kept })
