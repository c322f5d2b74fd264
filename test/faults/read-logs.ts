import { setTimeout as sleep } from 'node:timers/promises'
import { type AgentSession, type ChatEvent, type EventPage, MAX_PAGE } from '../../sdk/protocol/index.js'

/** Reads from the server itself, with no faults between. */
export interface LogReader {
  url: string
  getToken: () => Promise<AgentSession>
}

/** The whole public log of each conversation. */
export async function readLogs(reader: LogReader, ids: Iterable<string>): Promise<Map<string, ChatEvent[]>> {
  const { accessToken } = await reader.getToken()
  const logs = new Map<string, ChatEvent[]>()
  for (const id of ids) {
    const log: ChatEvent[] = []
    for (let hasMore = true; hasMore;) {
      const address = `${reader.url}/v1/conversations/${id}/events?after=${log.at(-1)?.seq ?? 0}&limit=${MAX_PAGE}`
      const answer = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } })
      if (answer.status === 429) {
        await sleep(Number(answer.headers.get('retry-after')) * 1_000)
        continue
      }
      if (!answer.ok) throw new Error(`unable to read the log of ${id}; the server answered ${answer.status}`)
      const page = (await answer.json()) as EventPage
      log.push(...page.items)
      hasMore = page.hasMore
    }
    logs.set(id, log)
  }
  return logs
}
