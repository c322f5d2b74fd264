import { fileURLToPath } from 'node:url'
import { startDevServer } from '@web/dev-server'
import { esbuildPlugin } from '@web/dev-server-esbuild'

const rootDir = fileURLToPath(new URL('../..', import.meta.url))

/** How a browser gets our modules as they are written, each at its path from the root. */
export const asWritten = {
  rootDir,
  nodeResolve: { exportConditions: ['production', 'browser'] },
  middleware: [
    // a language is imported by an address made at run time, which no plugin resolves
    (context: { url: string }, next: () => Promise<unknown>) => {
      context.url = context.url.replace(/^(\/widget\/locale\/[\w-]+)\.js/, '$1.ts')
      return next()
    },
  ],
  plugins: [esbuildPlugin({ ts: true, json: true, tsconfig: `${rootDir}/tsconfig.json`, target: 'es2022' })],
}

/** Serves them to pages of one's own; `url` is the page that widgets are tested on. */
export async function sourceServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = await startDevServer({
    readCliArgs: false,
    readFileConfig: false,
    logStartMessage: false,
    config: { ...asWritten, port: 0 },
  })
  const { port } = server.server!.address() as { port: number }
  return { url: `http://localhost:${port}/test/widget/host.html`, close: async () => void (await server.stop()) }
}
