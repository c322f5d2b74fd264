import type { Db, Row } from '../../backend/db/client.js'
import { asPerson, type Claims } from './as-person.js'
import type { SecurityWorld } from './row-security-world.js'

export const verbs = ['select', 'insert', 'update', 'delete'] as const
type Verb = (typeof verbs)[number]
/** What a cell says; the page explains each, so a word that is not here is a cell that nobody explained. */
export type Cell = 'denied' | '–' | 'own' | 'inbox' | 'workspace' | 'elsewhere' | `unexplained: ${string}`

/** How a row is named, and whose it is: its workspace, inbox, contact and log, as far as it has them. */
interface TableRows {
  key: string
  whose: string
  from: string
}
const ofConversation = (table: string, key: string, log = `'public'`): TableRows => ({
  key,
  whose: `c.workspace_id, c.inbox_id, c.contact_id, ${log}`,
  from: `${table} t join conversations c on c.id = t.conversation_id`,
})
const ofWorkspace = (table: string, key: string, inboxId = 'null'): TableRows => ({
  key,
  whose: `t.workspace_id, ${inboxId}::uuid, null::uuid, 'public'`,
  from: `${table} t`,
})
/** Tables of which somebody may read something. Of a contact counts whose conversations they have: no list has the others. */
const readable: Record<string, TableRows> = {
  'public.workspaces': { key: 't.id', whose: `t.id, null::uuid, null::uuid, 'public'`, from: 'workspaces t' },
  'public.inboxes': ofWorkspace('inboxes', 't.id', 't.id'),
  'public.inbox_agents': ofWorkspace('inbox_agents', `t.inbox_id || ' ' || t.agent_id`, 't.inbox_id'),
  'public.agents': ofWorkspace('agents', 't.id'),
  'public.teams': ofWorkspace('teams', 't.id'),
  'public.team_agents': ofWorkspace('team_agents', `t.team_id || ' ' || t.agent_id`),
  'public.contacts': {
    key: 't.id',
    whose: `c.workspace_id, c.inbox_id, t.id, 'public'`,
    from: 'contacts t left join conversations c on c.contact_id = t.id',
  },
  'public.contact_pages': {
    key: `t.contact_id || ' ' || t.url`,
    whose: `t.workspace_id, c.inbox_id, t.contact_id, 'public'`,
    from: 'contact_pages t left join conversations c on c.contact_id = t.contact_id',
  },
  'public.conversations': {
    key: 't.id',
    whose: `t.workspace_id, t.inbox_id, t.contact_id, 'public'`,
    from: 'conversations t',
  },
  'public.conversation_heads': ofConversation('conversation_heads', `t.conversation_id || ' ' || t.last_seq`),
  'public.participants': ofConversation('participants', `t.conversation_id || ' ' || t.actor_id || ' ' || t.read_seq`),
  'public.events': ofConversation('events', `t.conversation_id || ' ' || t.log || ' ' || t.seq`, 't.log'),
  'public.messages': ofConversation('messages', 't.id', 't.log'),
  'public.ratings': ofConversation('ratings', `t.conversation_id || ' ' || t.resolved_seq`),
}

/** Every table in a schema of ours or of our stand-in for Realtime. */
export const ourTables = async (db: Db): Promise<string[]> =>
  (
    await db.query<{ name: string }>(
      `select n.nspname || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('public', 'sign_in', 'parley', 'realtime') order by 1`,
    )
  ).map(({ name }) => name)

/** Columns that people who sign in may not select, of tables of which they may select some. */
export const untoldColumns = async (db: Db, tables: string[]): Promise<string[]> =>
  (
    await db.query<{ name: string }>(
      `select c.relname || '.' || a.attname as name
       from unnest($1::text[]) t (name) join pg_class c on c.oid = t.name::regclass join pg_attribute a on a.attrelid = c.oid
       where a.attnum > 0 and not a.attisdropped and has_any_column_privilege('authenticated', c.oid, 'select')
         and not has_column_privilege('authenticated', c.oid, a.attnum, 'select')
       order by c.relname collate "C", a.attnum`,
      [tables],
    )
  ).map(({ name }) => name)

/** Tries a statement and leaves nothing of it: rows seen, number of rows changed, or why not. */
const ATTEMPT = `
  create schema probe;
  create function probe.attempt(verb text, statement text) returns jsonb language plpgsql as $$
  declare
    answer jsonb;
    changed int;
  begin
    if verb = 'select' then
      execute format('select coalesce(jsonb_agg(key order by key), ''[]'') from (%s) seen (key)', statement) into answer;
    else
      execute statement;
      get diagnostics changed = row_count;
      answer := to_jsonb(changed);
    end if;
    raise exception using errcode = 'PROBE', message = answer::text;
  exception
    when sqlstate 'PROBE' then return sqlerrm::jsonb;
    when insufficient_privilege then return '"denied"';
    when others then return to_jsonb(sqlstate || ' ' || sqlerrm);
  end
  $$;
  grant usage on schema probe to anon, authenticated`

export const openProbe = (db: Db) => db.query(ATTEMPT)

type Attempt = string[] | number | string
export type Attempts = Record<string, Record<Verb, Attempt>>

interface Statement {
  table: string
  verb: Verb
  text: string
}

export async function statementsFor(db: Db, tables: string[]): Promise<Statement[]> {
  const firsts = await db.query<{ table: string; first: string }>(
    `select t.name as table, quote_ident(a.attname) as first
     from unnest($1::text[]) t (name) join pg_attribute a on a.attrelid = t.name::regclass and a.attnum = 1`,
    [tables],
  )
  return firsts.flatMap(({ table, first }) => {
    const texts: Record<Verb, string> = {
      select: `select (${readable[table]?.key ?? `t.${first}`})::text from ${table} t`,
      insert: `insert into ${table} default values`,
      update: `update ${table} set ${first} = ${first}`,
      delete: `delete from ${table}`,
    }
    return verbs.map((verb) => ({ table, verb, text: texts[verb] }))
  })
}

/** Every verb on every table, tried by one person. */
export async function attempts(db: Db, claims: Claims, statements: Statement[]): Promise<Attempts> {
  const rows = await asPerson(db, claims, (tx) =>
    tx.query<{ answer: Attempt }>(
      'select probe.attempt(verb, statement) as answer from unnest($1::text[], $2::text[]) tried (verb, statement)',
      [statements.map(({ verb }) => verb), statements.map(({ text }) => text)],
    ),
  )
  const seen: Attempts = {}
  statements.forEach(({ table, verb }, at) => {
    seen[table] = { ...seen[table], [verb]: rows[at]!.answer } as Record<Verb, Attempt>
  })
  return seen
}

interface OwnedRow {
  key: string
  workspace: string | null
  inbox: string | null
  contact: string | null
  log: string
}
export type OwnedRows = Record<string, OwnedRow[]>

/** What there is in each table, as the database's owner sees it. */
export async function everyRow(db: Db): Promise<OwnedRows> {
  const all: OwnedRows = {}
  for (const [table, { key, whose, from }] of Object.entries(readable))
    all[table] = await db.query<OwnedRow & Row>(
      `select * from (select (${key})::text, ${whose} from ${from}) rows (key, workspace, inbox, contact, log)`,
    )
  return all
}

/** The word for what a person sees of a table: the one scope whose rows are exactly these. */
export function cellOf(claims: Claims, ids: SecurityWorld['ids'], rows: OwnedRow[] | undefined, seen: Attempt): Cell {
  if (seen === 'denied') return 'denied'
  if (seen === 0 || (Array.isArray(seen) && seen.length === 0)) return '–'
  if (!rows || !Array.isArray(seen)) return `unexplained: ${JSON.stringify(seen)}`
  const scopes = {
    own: (row) => row.contact === claims.sub && row.log === 'public',
    inbox: (row) => row.inbox === ids.inbox,
    workspace: (row) => row.workspace === ids.workspace,
    elsewhere: (row) => row.workspace === claims.workspace_id && row.workspace !== ids.workspace,
  } satisfies Partial<Record<Cell, (row: OwnedRow) => boolean>>
  const same = Object.entries(scopes).find(([, holds]) => {
    const keys = rows.filter(holds).map(({ key }) => key)
    return JSON.stringify(keys.sort()) === JSON.stringify([...seen].sort())
  })
  return (same?.[0] as Cell | undefined) ?? `unexplained: ${seen.length} rows`
}
