// What many conversations at once need, computed from the costs of one: `npm run scale` writes the tables of docs/scale.md
// and docs/deploy.md anew from docs/costs.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { type Costs, needsOf, planRow, plans, type Traffic } from './needs.js'

/** A support desk on a usual day. Whoever has others changes these and runs it again. */
const traffic: Traffic = {
  messagesPerMinute: 2,
  minutesPerChat: 10,
  chatsPerAgent: 4,
  agentsPerInbox: 20,
  busyHoursPerDay: 8,
}
const SIZES = [1e3, 1e5, 1e7]

const rounded = (amount: number) =>
  amount >= 100 ? Math.round(amount).toLocaleString('en') : String(Number(amount.toPrecision(2)))
const table = (rows: string[][]) => {
  const [head, ...rest] = rows.map((cells) => `| ${cells.join(' | ')} |`)
  return [head, `|${'---|'.repeat(rows[0]!.length)}`, ...rest].join('\n')
}

export function tablesOf(costs: Costs): Record<string, string> {
  const needs = SIZES.map((chats) => needsOf(costs, traffic, chats))
  const line = (name: string, pick: (need: (typeof needs)[0]) => number) => [name, ...needs.map(pick).map(rounded)]
  return {
    needs: table([
      ['conversations at once', ...SIZES.map((size) => size.toLocaleString('en'))],
      line('messages/s', (need) => need.messagesPerSecond),
      line('agents', (need) => need.agents),
      line('sockets', (need) => need.sockets),
      line('API requests/s', (need) => need.requestsPerSecond),
      line('API copies, one core each, 60 % busy', (need) => need.apiCopies),
      line('database cores, 60 % busy', (need) => need.databaseCores),
      line('rows written/s', (need) => need.rowsPerSecond),
      line('WAL, MB/s', (need) => need.walMegabytesPerSecond),
      line('disk, GB a day', (need) => need.diskGigabytesPerDay),
      line('Realtime events/s (sent and heard)', (need) => need.realtimePerSecond),
    ]),
    plans: table([
      [
        'plan',
        'by connections',
        'by messages a second',
        'chats at once',
        'chats a month in the quota',
        'each 1,000 more',
      ],
      ...plans.map((plan) => planRow(costs, traffic, plan)),
    ]),
  }
}

/** Pages with tables of these costs, by file name. */
export const pages = ['docs/scale.md', 'docs/deploy.md']

export const withTables = (text: string, tables: Record<string, string>) =>
  text.replace(
    /<!-- (\w+): npm run scale -->\n[^]*?<!-- end -->/g,
    (_all, name: string) => `<!-- ${name}: npm run scale -->\n\n${tables[name]}\n\n<!-- end -->`,
  )

export const readCosts = () => JSON.parse(readFileSync('docs/costs.json', 'utf8')) as Costs

if (process.argv[1] === import.meta.filename)
  for (const page of pages) writeFileSync(page, withTables(readFileSync(page, 'utf8'), tablesOf(readCosts())))
