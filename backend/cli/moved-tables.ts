/** A table of which an export takes one workspace's rows. */
export interface MovedTable {
  name: string
  /** Which rows, as a condition; `$1` is the workspace. */
  rows: string
  /** Columns that begin anew where the rows arrive: by their defaults. */
  renewed?: readonly string[]
}

const ofWorkspace = 'workspace_id = $1'
const ofItsAgents = 'in (select a.id from agents a where a.workspace_id = $1)'

/** What a workspace is made of; whoever is referred to comes before whoever refers. */
export const movedTables: readonly MovedTable[] = [
  // cursors of lists and logs name transactions of their database, and clients may be ahead of an old file
  { name: 'public.workspaces', rows: 'id = $1', renewed: ['list_epoch'] },
  { name: 'public.agents', rows: ofWorkspace },
  { name: 'public.teams', rows: ofWorkspace },
  { name: 'public.team_agents', rows: ofWorkspace },
  { name: 'public.inboxes', rows: ofWorkspace },
  { name: 'public.inbox_agents', rows: ofWorkspace },
  { name: 'public.contacts', rows: ofWorkspace },
  { name: 'public.contact_sessions', rows: ofWorkspace },
  { name: 'public.contact_pages', rows: ofWorkspace },
  { name: 'public.conversations', rows: ofWorkspace },
  { name: 'public.conversation_heads', rows: ofWorkspace, renewed: ['last_xid', 'epoch'] },
  { name: 'public.participants', rows: ofWorkspace, renewed: ['last_xid'] },
  { name: 'public.events', rows: ofWorkspace },
  { name: 'public.messages', rows: ofWorkspace },
  { name: 'public.ratings', rows: ofWorkspace },
  { name: 'public.presences', rows: ofWorkspace },
  // a sign-in has the id of its agent
  { name: 'sign_in."user"', rows: `id ${ofItsAgents}` },
  { name: 'sign_in.account', rows: `user_id ${ofItsAgents}` },
  { name: 'sign_in.session', rows: `user_id ${ofItsAgents}` },
]

/** What stays behind, and why. */
export const leftTables: Readonly<Record<string, string>> = {
  'parley.migrations': 'says what ran on this database, not what is in it',
  'realtime.messages': 'broadcasts are hints of what stands in the logs, and are pruned after 72 hours',
  'realtime.listeners': 'says which processes run on this database now',
  'sign_in.verification': 'links that sign in once, within a day; a start prints a new one',
}
