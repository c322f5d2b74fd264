import type { Queryable } from '../backend/db/client.js'

const SCHEMAS = `('public', 'sign_in', 'parley', 'auth', 'realtime')`
/** Owners may do everything anyway, and have another name on every server. */
const GUESTS = `('anon', 'authenticated', 'service_role')`
const guestName = `case when acl.grantee = 0 then 'public' else acl.grantee::regrole::text end`
const isGuest = `(acl.grantee = 0 or acl.grantee::regrole::text in ${GUESTS})`

const tables = `
  select c.oid::int8 as id, n.nspname || '.' || quote_ident(c.relname) as name, c.relrowsecurity as guarded,
    array_to_string(c.reloptions, ', ') as options
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname in ${SCHEMAS}
  order by n.nspname, c.relname`

/** The parts of one table, in the order of a reader: columns, constraints, indexes, who may do what. */
const parts = [
  `select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
     || case when a.attnotnull then ' not null' else '' end
     || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
   from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = $1::int8::oid and a.attnum > 0 and not a.attisdropped
   order by a.attnum`,
  // newer servers also name each "not null"; the columns say it already
  `select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) as line
   from pg_constraint
   where conrelid = $1::int8::oid and contype <> 'n'
   order by position(contype::text in 'pufc'), conname collate "C"`,
  `select regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX (\\S+) ON \\S+', '\\1index \\2') as line
   from pg_index i join pg_class c on c.oid = i.indexrelid
   where i.indrelid = $1::int8::oid
     and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
   order by c.relname collate "C"`,
  `select 'policy ' || p.polname
     || ' for ' || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
     || ' to ' || array_to_string(array(select role::regrole::text from unnest(p.polroles) role order by 1), ', ')
     || coalesce(' using ' || regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g'), '')
     || coalesce(' with check ' || regexp_replace(pg_get_expr(p.polwithcheck, p.polrelid), '\\s+', ' ', 'g'), '') as line
   from pg_policy p
   where p.polrelid = $1::int8::oid
   order by p.polname collate "C"`,
  `select 'grant ' || privileges || coalesce(' (' || of_columns || ')', '') || ' to ' || grantee as line
   from (
     select ${guestName} as grantee, string_agg(lower(acl.privilege_type), ', ' order by acl.privilege_type collate "C") as privileges,
       null as of_columns
     from pg_class c, aclexplode(c.relacl) acl
     where c.oid = $1::int8::oid and ${isGuest}
     group by acl.grantee
     union all
     select ${guestName}, lower(acl.privilege_type), string_agg(quote_ident(a.attname), ', ' order by a.attnum)
     from pg_attribute a, aclexplode(a.attacl) acl
     where a.attrelid = $1::int8::oid and ${isGuest}
     group by acl.grantee, acl.privilege_type
   ) grants
   order by grantee collate "C", of_columns collate "C"`,
]

const functions = `
  select n.nspname || '.' || p.proname || '(' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid)
    || case p.provolatile when 'i' then ' immutable' when 's' then ' stable' else '' end
    || case when p.prosecdef then ' security definer' else '' end
    || coalesce(' set ' || array_to_string(p.proconfig, ', '), '')
    || coalesce((
      select '; executed by ' || string_agg(${guestName}, ', ' order by ${guestName} collate "C")
      from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
      where ${isGuest}), '') as line
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ${SCHEMAS}
  order by n.nspname, p.proname, p.oid`

/** Tables, indexes, constraints, policies, grants and signatures as text: the same on every engine and version. */
export async function describeSchema(db: Queryable): Promise<string> {
  const found = await db.query<{ id: number; name: string; guarded: boolean; options: string | null }>(tables)
  const blocks: string[] = []
  for (const table of found) {
    const lines: string[] = []
    for (const part of parts) {
      const rows = await db.query<{ line: string }>(part, [table.id])
      lines.push(...rows.map((row) => `  ${row.line}`))
    }
    const traits = [table.guarded ? 'row level security' : '', table.options ?? ''].filter(Boolean).join(', ')
    blocks.push([`table ${table.name}${traits && ` with ${traits}`}`, ...lines].join('\n'))
  }
  const signatures = await db.query<{ line: string }>(functions)
  blocks.push(signatures.map((row) => `function ${row.line}`).join('\n'))
  return `${HEADER}\n\n${blocks.join('\n\n')}\n`
}

const HEADER = `-- What the migrations come to, for reading in reviews; written by \`npm run schema\`, never run.`
