import { createServer, type Server } from 'node:http'
import type { Backend } from './index.js'

/** Longest wait for requests under way when the process is asked to stop. */
const DRAIN_MS = 10_000

/** Serves a backend on an address. @throws {Error} saying what to do when the address is taken or not this machine's */
export async function serve(backend: Backend, port: number, host: string): Promise<Server> {
  const server = createServer(backend.listener)
  backend.attach(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(whyNotListening(error, port, host))))
    server.listen(port, host, resolve)
  })
  return server
}

function whyNotListening(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === 'EADDRINUSE')
    return `unable to listen on port ${port}; it is in use: stop the other program, or set PORT to another one`
  if (error.code === 'EACCES')
    return `unable to listen on port ${port}; it needs rights this user lacks: set PORT to 1024 or above`
  return `unable to listen on ${host}:${port}; ${error.code ?? 'the system refused'}: correct HOST or PORT`
}

/** Accepts nothing new, answers polls that wait, closes sockets with 1012, lets requests under way finish for 10 s, then closes the database. */
export async function drain(server: Server, backend: Backend, patienceMs = DRAIN_MS): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  // a client that asks on and on over one connection would hold it open
  server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
  const impatience = setTimeout(() => server.closeAllConnections(), patienceMs)
  await backend.letGo()
  await closed
  clearTimeout(impatience)
  await backend.close()
}
