import { connectPostgres } from '../../backend/db/postgres.js'
import type { Queryable } from '../../backend/db/client.js'
import { insertAgent } from '../../backend/workspace/first-start.js'
import { createAgent, agentSignIn } from '../../sdk/agent.js'
import { type Engine, testPostgres } from '../support/database.js'
import { silentGate } from '../support/silent-gate.js'
import { ADMIN, type ServerProcess, serverProcess } from '../support/server-process.js'

const SECRET = 'a secret of the fault lab, long enough'

/** Those who answer in one inbox. */
export interface Team {
  inboxKey: string
  people: { email: string; password: string }[]
  /** Whether they see this inbox only. */
  isLimited: boolean
}

/** The servers of a run, with people who can sign in. */
export interface Servers {
  processes: ServerProcess[]
  /** The database behind them; null when it is embedded. */
  database: {
    query: Queryable['query']
    lock(ms: number): Promise<void>
    /** Whatever connection the servers have stays open and says nothing more, until they have given up all of them. */
    goSilent(): Promise<void>
  } | null
  teams: Team[]
  /** Starts those that are not running. */
  startAll(): Promise<void>
  stop(): Promise<void>
}

export async function startServers(options: {
  engine: Engine
  servers: number
  teams: number
  agentsPerTeam: number
}): Promise<Servers> {
  const postgres = options.engine === 'postgres' ? await testPostgres() : null
  const db = postgres && connectPostgres({ url: postgres.url, maxConnections: 2 })
  const gate = postgres && (await silentGate(postgres.url))
  const env = { PARLEY_SECRET: SECRET, TRUST_PROXY: 'loopback', ...(gate && { DATABASE_URL: gate.url }) }
  const processes: ServerProcess[] = []
  for (let at = 0; at < (postgres ? options.servers : 1); at++) processes.push(await serverProcess(env))
  const url = processes[0]!.url

  const signIn = agentSignIn({ url })
  await signIn.withPassword(ADMIN.email, ADMIN.password)
  const owner = createAgent({ url, getToken: signIn.getToken, onWake: () => () => {} })
  const teams: Team[] = []
  for (let at = 0; at < options.teams; at++) {
    const inbox = await owner.inboxes.create({ name: `Fault lab ${at}` })
    const people: Team['people'] = db ? [] : [ADMIN]
    while (db && people.length < options.agentsPerTeam)
      people.push(await hire(db, `agent${at}-${people.length}@example.com`, inbox.id))
    teams.push({ inboxKey: inbox.key, people, isLimited: db !== null })
  }
  await owner.close()

  return {
    processes,
    teams,
    database: db && {
      query: db.query,
      async goSilent() {
        gate?.silence()
        gate?.speak()
        await gate?.givenUp()
      },
      lock: (ms) =>
        db.transaction(async (tx) => {
          await tx.query('lock table conversation_heads in exclusive mode')
          await tx.query('select pg_sleep($1)', [ms / 1000])
        }),
    },
    async startAll() {
      await Promise.all(processes.map((each) => each.start()))
    },
    async stop() {
      await Promise.all(processes.map((each) => each.stop()))
      gate?.close()
      await db?.close()
      await postgres?.drop()
    },
  }
}

/** One more who answers, with the administrator's password. */
async function hire(db: Queryable, email: string, inboxId: string) {
  const [owner] = await db.query<{ workspace_id: string; password: string }>(
    `select a.workspace_id, s.password
     from agents a
     join sign_in.account s on s.user_id = a.id
     where a.email = $1`,
    [ADMIN.email],
  )
  const { workspace_id: workspaceId, password: passwordHash } = owner!
  const id = await insertAgent(db, { workspaceId, name: 'Ada', email, role: 'agent', passwordHash })
  await db.query('insert into inbox_agents (workspace_id, inbox_id, agent_id) values ($1, $2, $3)', [
    workspaceId,
    inboxId,
    id,
  ])
  return { email, password: ADMIN.password }
}
