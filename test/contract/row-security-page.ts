import { apiSide } from './row-security-api.js'

export type Cells = Record<string, Record<string, string>>

/** Why a cell says what it says. */
const reasons: Record<string, string> = {
  denied: 'no right to it: nobody writes rows but the API, which keeps the log whole; secrets are nobody’s',
  '–': 'may ask and sees no row: nothing there is theirs, or their claims name what the database does not know of them',
  own: 'rows of their own conversations, of the public log only',
  inbox: 'rows of the inboxes they are a member of, both logs',
  workspace:
    'rows of their workspace: of every inbox for a supervisor and above, of what all agents may know for an agent',
  elsewhere: 'the same of their own workspace, and no row of this one',
  read: 'hears the topic',
  'read, write': 'hears the topic and speaks on it: typing and presence, which nobody stores',
}

/** The words of some cells that the page gives no reason for. */
export const unexplained = (cells: Cells): string[] =>
  Object.values(cells).flatMap((row) => Object.values(row).filter((word) => !(word in reasons)))

/** Rows that say the same of one table stand together: its verbs in one line. */
function table(title: string, people: string[], cells: Cells): string {
  const lines = new Map<string, { names: string[]; cells: string[] }>()
  for (const [name, row] of Object.entries(cells)) {
    const words = people.map((person) => row[person]!)
    const line = [name.split(' ')[0], ...words].join('|')
    const known = lines.get(line)
    if (known) known.names.push(name.split(' ')[1]!)
    else lines.set(line, { names: [name], cells: words })
  }
  const rows = [...lines.values()].map((line) => [`\`${line.names.join(', ')}\``, ...line.cells])
  return [[title, ...people], ['---', ...people.map(() => '---')], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

/** `untold`: the columns that nobody may select of rows that they may. */
export function rowSecurityPage(people: string[], tables: Cells, topics: Cells, untold: string[]): string {
  const used = new Set(Object.values({ ...tables, ...topics }).flatMap((row) => Object.values(row)))
  return `# Who may do what with which row

Tried cell by cell by \`test/contract/row-security.test.ts\` with the claims of real tokens, on both engines, and written by
\`npx vitest run --config test/release/vitest.config.ts test/contract/row-security -u\`. Its world has two workspaces; people are of the first
unless it says otherwise, which has two inboxes, three conversations with a note each, and a visitor who has not written yet.

${table('table, verb', people, tables)}

| cell | why |
| --- | --- |
${Object.entries(reasons)
  .filter(([word]) => used.has(word))
  .map(([word, why]) => `| ${word} | ${why} |`)
  .join('\n')}

Some columns are nobody’s even where the row is: ${untold.map((column) => `\`${column}\``).join(', ')}.
An ended session is refused by the API at once, and by the policies when its token ends.

## The API gives the same rows

For each person above, what they select equals what the API answers them, no row more and none less.

| table | compared with |
| --- | --- |
${Object.entries(apiSide)
  .map(([name, side]) => `| \`${name}\` | ${'route' in side ? side.route : `not compared: ${side.reason}`} |`)
  .join('\n')}

## Topics of realtime

${table('topic', people, topics)}
`
}
