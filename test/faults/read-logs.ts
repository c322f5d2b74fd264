import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../sdk/clock.js'
import { insist } from '../../sdk/insist.js'
import {
  type AgentSession,
  type ChatEvent,
  type ConversationDetail,
  type EventPage,
  MAX_PAGE,
  type Receipt,
} from '../../sdk/protocol/index.js'

/** Reads from the server itself, with no faults between; where a full machine lets it wait it asks again. */
export interface LogReader {
  url: string
  getToken: () => Promise<AgentSession>
}

/** The whole public log of each conversation. */
export async function readLogs(reader: LogReader, ids: Iterable<string>): Promise<Map<string, ChatEvent[]>> {
  const read = await readingBy(reader)
  const logs = new Map<string, ChatEvent[]>()
  for (const id of ids) {
    const log: ChatEvent[] = []
    for (let hasMore = true; hasMore;) {
      const page = await read<EventPage>(`${id}/events?after=${log.at(-1)?.seq ?? 0}&limit=${MAX_PAGE}`)
      log.push(...page.items)
      hasMore = page.hasMore
    }
    logs.set(id, log)
  }
  return logs
}

/** Everybody's marks in each conversation. */
export async function readMarks(reader: LogReader, ids: Iterable<string>): Promise<Map<string, Receipt[]>> {
  const read = await readingBy(reader)
  const marks = new Map<string, Receipt[]>()
  for (const id of ids) marks.set(id, (await read<ConversationDetail>(id)).receipts)
  return marks
}

async function readingBy({ url, getToken }: LogReader) {
  const asking = { clock: systemClock, random: Math.random, signal: new AbortController().signal }
  const { accessToken } = await insist(asking, getToken)
  const headers = { authorization: `Bearer ${accessToken}` }
  return async function read<T>(path: string): Promise<T> {
    for (;;) {
      const answer = await fetch(`${url}/v1/conversations/${path}`, { headers })
      if (answer.ok) return (await answer.json()) as T
      if (answer.status !== 429) throw new Error(`unable to read ${path}; the server answered ${answer.status}`)
      await sleep(Number(answer.headers.get('retry-after')) * 1_000)
    }
  }
}
