import { resolve } from 'node:path'
import { pino } from 'pino'
import type { Db } from '../db/client.js'
import { type DatabasePlace, openAsItIs, openDatabase } from '../db/open.js'
import { readSettings } from '../env.js'
import { asText, examine } from './doctor.js'
import { checkExportFile, writeExportFile } from './export-file.js'
import { exportWorkspace } from './export.js'
import { importWorkspace } from './import.js'
import { renewEpochs } from './renew-epochs.js'
import { type Command, readArgs, UsageError } from './usage.js'

const dataDirOption = { 'data-dir': { type: 'string' } } as const
const tell = (line: string) => console.error(line)

/** The database of the environment, or the embedded one of a folder that is named. */
function placeOf(dataDir: string | undefined): DatabasePlace {
  if (dataDir !== undefined) return { dataDir: resolve(dataDir) }
  const { DATABASE_URL: databaseUrl, DATA_DIR } = readSettings(process.env)
  return { databaseUrl, dataDir: DATA_DIR }
}

const nameOf = (place: DatabasePlace) =>
  place.databaseUrl ? 'the Postgres of DATABASE_URL' : `the embedded database in ${place.dataDir}`

async function during(db: Db, work: () => Promise<unknown>): Promise<number> {
  try {
    await work()
    return 0
  } finally {
    await db.close()
  }
}

const exportCommand: Command = {
  summary: 'write a workspace into a file',
  help: `parley-chat export --out FILE [--workspace ID] [--data-dir DIR] [--force]

Writes one workspace into FILE (gzipped lines of JSON): its inboxes, people, conversations, sign-ins and sessions,
all from one moment. Ids and seq are kept. The file holds secrets (password hashes, sign-ins, inbox secrets): only
its owner may read it. Reads the embedded database of DATA_DIR, whose server has to be stopped, or DATABASE_URL.

  --out FILE        where to; - is standard output
  --workspace ID    which one, where there are several
  --data-dir DIR    the embedded database of this folder, also where DATABASE_URL is set
  --force           replace FILE`,
  async run(args, signal) {
    const { values, positionals } = readArgs(args, {
      ...dataDirOption,
      out: { type: 'string' },
      workspace: { type: 'string' },
      force: { type: 'boolean', default: false },
    })
    if (positionals.length > 0) throw new UsageError(`Unexpected argument '${positionals[0]}'`)
    const { out, force } = values
    if (out === undefined) throw new UsageError('Missing option --out FILE')
    const place = placeOf(values['data-dir'])
    tell(`reading ${nameOf(place)}`)
    const db = await openAsItIs(place)
    return during(db, () =>
      exportWorkspace(db, values.workspace, tell, (lines) => writeExportFile(out, lines, { force, signal })),
    )
  },
}

const importCommand: Command = {
  summary: 'put an exported workspace into a database',
  help: `parley-chat import FILE [--data-dir DIR]

Puts an exported workspace into the Postgres of DATABASE_URL, whose tables it makes where they are missing. All of
it or nothing, and read back before it counts. Clients who come back notice the new database and ask again.
Take the secret along: give the new server the old one's PARLEY_SECRET (or the file DATA_DIR/secret of it), else
agents have to sign in again.

  --data-dir DIR    into the embedded database of this folder instead`,
  async run(args, signal) {
    const { values, positionals } = readArgs(args, dataDirOption)
    const [path, ...more] = positionals
    if (path === undefined) throw new UsageError('Missing FILE')
    if (more.length > 0) throw new UsageError(`Unexpected argument '${more[0]}'`)
    const place = placeOf(values['data-dir'])
    if (!place.databaseUrl && values['data-dir'] === undefined)
      throw new Error('unable to import; set DATABASE_URL to a Postgres, or name a folder by --data-dir')
    const file = await checkExportFile(path)
    tell(`writing into ${nameOf(place)}`)
    const db = await openDatabase({ ...place, log: pino({ level: 'silent' }) })
    return during(db, () => importWorkspace(db, path, file, { tell, signal }))
  },
}

const renewEpochsCommand: Command = {
  summary: 'after restoring a backup: let every client notice',
  help: `parley-chat renew-epochs [--data-dir DIR]

To be run after a database was taken back to an earlier state (a dump, a snapshot, a point in time, a copied folder),
before a server starts on it. A server cannot know by itself; without this, clients who had seen more would take new
messages for ones they know. With it they drop what they have, ask again, and send what they had not sent yet.
The same in SQL: select renew_epochs(id) from workspaces;

  --data-dir DIR    the embedded database of this folder`,
  async run(args) {
    const { values, positionals } = readArgs(args, dataDirOption)
    if (positionals.length > 0) throw new UsageError(`Unexpected argument '${positionals[0]}'`)
    const place = placeOf(values['data-dir'])
    const db = await openAsItIs(place)
    return during(db, () => renewEpochs(db, tell))
  },
}

const doctorCommand: Command = {
  summary: 'look whether everything is as it should be, and say how to mend it',
  help: `parley-chat doctor [--json]

Looks at what the environment names, as the server reads it: Node, DATA_DIR, the database with its version, tables and
rights, the secret, the clocks, PUBLIC_URL, and a real broadcast there and back through Supabase or a running server.
Changes nothing; its rows are taken back. Ends with 1 when something fails.

  --json    a list of { check, state, found, cure }`,
  async run(args) {
    const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } })
    if (positionals.length > 0) throw new UsageError(`Unexpected argument '${positionals[0]}'`)
    const findings = await examine(process.env)
    console.log(values.json ? JSON.stringify(findings, null, 2) : asText(findings))
    return findings.some(({ state }) => state === 'fail') ? 1 : 0
  },
}

export const commands: Record<string, Command> = {
  doctor: doctorCommand,
  export: exportCommand,
  import: importCommand,
  'renew-epochs': renewEpochsCommand,
}
