import { randomUUID } from 'node:crypto'
import { aConversation, conversationPath, send } from '../support/builders.js'
import type { Engine } from '../support/database.js'
import { type Caller, makeWorld, type World, type WorldAgent, type WorldVisitor } from '../support/world.js'
import type { Claims } from './as-person.js'

/** Someone who connects to the database, and asks the API where the API knows them. */
export interface Person {
  claims: Claims
  api?: Caller
  /** Their own session's answer names them. */
  visitor?: WorldVisitor
}

export interface SecurityWorld extends World {
  people: Record<string, Person>
  /** Ids by which rows and topics are told apart. */
  ids: { workspace: string; inbox: string; otherInbox: string; contact: string; conversation: string; agent: string }
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Claims

/** Two workspaces; in the first two inboxes with a conversation each, and a second contact with one in the first inbox. */
export async function securityWorld(engine: Engine): Promise<SecurityWorld> {
  const world = await makeWorld(engine)
  const inbox = await world.inbox()
  const workspaceId = inbox.workspaceId
  const otherInbox = await world.inbox({ workspaceId })
  const foreignInbox = await world.inbox()
  const agent = (role: 'agent' | 'supervisor' | 'admin' | 'owner', inboxIds: string[] = []) =>
    world.agent(workspaceId, { role, inboxIds })

  const contact = await world.visitor(inbox.key)
  const neighbour = await world.visitor(inbox.key)
  const elsewhere = await world.visitor(otherInbox.key)
  const foreign = await world.visitor(foreignInbox.key)
  const member = await agent('agent', [inbox.id])
  const foreignOwner = await world.agent(foreignInbox.workspaceId, { role: 'owner', inboxIds: [foreignInbox.id] })
  const other = await agent('agent', [otherInbox.id])
  const answers: [WorldVisitor, WorldAgent][] = [
    [contact, member],
    [neighbour, member],
    [elsewhere, other],
    [foreign, foreignOwner],
  ]
  const conversations: string[] = []
  for (const [visitor, answering] of answers) {
    const conversationId = await aConversation(visitor)
    await send(answering, conversationId)
    await addNote(world, conversationId, answering)
    await answering.post(conversationPath(conversationId, '/resolve'))
    await visitor.post(conversationPath(conversationId, '/rating'), { idempotencyKey: randomUUID(), score: 4 })
    const page = { url: 'https://shop.example/', title: 'Shop' }
    await visitor.put('/v1/presence', { state: 'online', conversationIds: [], page })
    conversations.push(conversationId)
  }
  await addTeam(world, member)
  await addTeam(world, foreignOwner)

  const deactivated = await agent('owner', [inbox.id])
  await world.db.query('update agents set deactivated_at = now() where id = $1', [deactivated.id])
  const person = (api: WorldAgent | WorldVisitor): Person => ({
    claims: claimsOf(api.token),
    api,
    ...('session' in api ? { visitor: api } : {}),
  })
  const owner = await agent('owner')
  return {
    ...world,
    ids: {
      workspace: workspaceId,
      inbox: inbox.id,
      otherInbox: otherInbox.id,
      contact: contact.id,
      conversation: conversations[0]!,
      agent: member.id,
    },
    people: {
      anon: { claims: { role: 'anon' } },
      'signed in elsewhere': { claims: { role: 'authenticated', sub: randomUUID() } },
      'new visitor': person(await world.visitor(inbox.key)),
      contact: person(contact),
      'agent of no inbox': person(await agent('agent')),
      'agent of the inbox': person(member),
      supervisor: person(await agent('supervisor')),
      admin: person(await agent('admin')),
      owner: person(owner),
      'deactivated owner': person(deactivated),
      'contact of another workspace': person(foreign),
      'owner of another workspace': person(foreignOwner),
      'owner claiming another workspace': {
        claims: { ...claimsOf(owner.token), workspace_id: foreignInbox.workspaceId },
      },
    },
  }
}

/** Nothing writes to the internal log yet but the function that will. */
async function addNote({ db }: World, conversationId: string, author: WorldAgent): Promise<void> {
  await db.query(
    `with said as (
       insert into messages (workspace_id, conversation_id, log, seq, message_no, rev_seq, author_type, author_id, body, idempotency_key)
       values ($1, $2, 'internal', 1, 1, 1, 'agent', $3, 'a note', gen_random_uuid()) returning id
     )
     select append_event($2, 'internal', 'message.created', 'agent', $3, null, null, said.id, null) from said`,
    [author.workspaceId, conversationId, author.id],
  )
}

async function addTeam({ db }: World, member: WorldAgent): Promise<void> {
  await db.query(
    `with team as (insert into teams (workspace_id, name) values ($1, 'A team') returning id)
     insert into team_agents (workspace_id, team_id, agent_id) select $1, team.id, $2 from team`,
    [member.workspaceId, member.id],
  )
}
