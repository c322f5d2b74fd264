import { Agent, request } from 'node:http'
import { wholeOf } from './whole-body.js'

/** What the SDK needs of `fetch`, in a third of the processor time of the runtime's, which thousands of requests a second feel. */
export function leanFetch(): typeof fetch {
  const agent = new Agent({ keepAlive: true })
  return (input, { method, headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const asked = request(String(input), {
        ...{ method, agent },
        headers: headers as Record<string, string>,
        signal: signal ?? undefined,
      })
      asked.once('error', reject).once('response', (answer) => {
        const status = answer.statusCode!
        const read = (content: Buffer) => ({
          ok: status >= 200 && status < 300,
          status,
          headers: { get: (name: string) => answer.headers[name.toLowerCase()] ?? null },
          text: async () => content.toString(),
        })
        wholeOf(answer).then((content) => resolve(read(content) as unknown as Response), reject)
      })
      asked.end(body)
    })
}
