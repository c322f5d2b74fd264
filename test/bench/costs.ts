// What a chat costs: `TEST_DATABASE_URL=… npm run costs -- --json docs/costs.json`. Real SDK clients, the built server, a
// real Postgres; counted are requests, broadcasts, rows, bytes and processor time, per message and per idle minute.
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type AgentConversation, agentSignIn, createAgent } from '../../sdk/agent.js'
import { type Chat, type Conversation, createChat } from '../../sdk/index.js'
import { testPostgres } from '../support/database.js'
import { ADMIN } from '../support/server-process.js'
import { startChild, type Usage } from './child.js'
import { counted, type Tally } from './counted.js'
import { type DatabaseUsage, watchDatabase } from './database-usage.js'

const { values } = parseArgs({
  options: {
    chats: { type: 'string', default: '20' },
    messages: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
})
const chats = Number(values.chats)
const messagesEach = Number(values.messages)
const minutes = Number(values.minutes)
const BODY = 'Where is my order? It was to come on Monday, and the page still says that it is on its way to me.'

const { url: databaseUrl, drop } = await testPostgres()
const server = await startChild('./parley-server.ts', { BENCH_DATABASE_URL: databaseUrl })
const database = watchDatabase(databaseUrl)
await database.logBroadcasts()
const url = `http://127.0.0.1:${await server.ask<number>('port')}`
const clients = counted()

const signIn = agentSignIn({ url })
await signIn.withPassword(ADMIN.email, ADMIN.password)
const agent = createAgent({ url, getToken: signIn.getToken, ...clients.surroundings })
await agent.connect()
const { key: inboxKey } = await agent.inboxes.create({ name: 'Costs' })

interface Pair {
  chat: Chat
  sides: [Conversation, AgentConversation]
}
async function openPair(): Promise<Pair> {
  const chat = createChat({ url, inboxKey, ...clients.surroundings })
  await chat.connect()
  const conversation = chat.newConversation()
  conversation.open()
  await conversation.messages.send({ body: BODY }).sent
  const answering = agent.conversation(conversation.id!)
  answering.open()
  await answering.messages.send({ body: BODY }).sent
  return { chat, sides: [conversation, answering] }
}

/** One types, then writes; the other has it in sight and reads it. */
async function say({ sides }: Pair, at: number) {
  const [from, to] = at % 2 ? [sides[1], sides[0]] : sides
  from.startTyping()
  await sleep(100)
  from.stopTyping()
  const { seq } = await from.messages.send({ body: BODY }).sent
  const isThere = () => to.thread.getSnapshot().items.some((item) => item.kind === 'message' && item.message.seq >= seq)
  while (!isThere()) await sleep(5)
  to.markRead()
  // marks of messages that come in a burst would share one call
  await sleep(600)
}

interface Look {
  clients: Tally
  server: Usage
  database: DatabaseUsage
}
const look = async (): Promise<Look> => ({
  database: await database.usage(),
  server: await server.ask<Usage>('usage'),
  clients: clients.take(),
})

/** What one of `count` took between two looks. */
function costsBetween(before: Look, after: Look, count: number) {
  const each = (amount: number) => Number((amount / count).toFixed(3))
  const allOf = (amounts: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(amounts)
        .map(([name, amount]) => [name, each(amount)] as const)
        .filter(([, amount]) => amount > 0),
    )
  const rows = Object.entries(after.database.rows).map(
    ([name, n]) => [name, n - (before.database.rows[name] ?? 0)] as const,
  )
  const { requests, heard, said, bytesHeard } = after.clients
  const cpuMs = [before.database.cpuMs, after.database.cpuMs]
  return {
    requests: allOf(requests),
    heard: allOf(heard),
    said: allOf(said),
    bytesHeard: each(bytesHeard),
    rows: allOf(Object.fromEntries(rows)),
    walBytes: each(after.database.walBytes - before.database.walBytes),
    diskBytes: each(after.database.diskBytes - before.database.diskBytes),
    serverCpuMs: each(after.server.cpuMs - before.server.cpuMs),
    databaseCpuMs: cpuMs.includes(null) ? null : each(cpuMs[1]! - cpuMs[0]!),
  }
}

const pairs: Pair[] = []
for (let at = 0; at < chats; at++) pairs.push(await openPair())
await Promise.all(pairs.map((pair) => say(pair, 0)))
const start = await look()
await Promise.all(
  pairs.map(async (pair) => {
    for (let at = 0; at < messagesEach; at++) await say(pair, at)
  }),
)
const written = await look()
await sleep(minutes * 60_000)
const idled = await look()
const figures = {
  chats,
  messages: chats * messagesEach,
  minutes,
  perMessage: costsBetween(start, written, chats * messagesEach),
  perIdleChatMinute: costsBetween(written, idled, chats * minutes),
}
console.log(JSON.stringify(figures, null, 2))
if (values.json) writeFileSync(values.json, JSON.stringify(figures, null, 2) + '\n')

await Promise.all(pairs.map(({ chat }) => chat.close()))
await agent.close()
await server.stop()
await database.close()
await drop()
process.exit(0)
