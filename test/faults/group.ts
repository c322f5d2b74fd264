import type { AgentClient, AgentSignIn } from '../../sdk/agent.js'
import type { Chat } from '../../sdk/index.js'
import { leanFetch } from './lean-fetch.js'
import { anAgent, aVisitor, type Place } from './people.js'
import type { Idler } from './quiet.js'
import type { LogReader } from './read-logs.js'
import type { Reader } from './unread.js'
import { newWitness, type Witness } from './witness.js'

/** A team with a session for each of its people. */
export interface SignedTeam {
  inboxKey: string
  agents: AgentSignIn['getToken'][]
  reader: LogReader
  /** Of all rounds: the conversations that its people may see. Null: they see those of every team. */
  seen: Set<string> | null
}

/** One client of somebody in the group, as it is at the moment. */
export interface Member extends Reader, Idler {
  name: string
  client: Chat | AgentClient
  witness: Witness
  /** Null: it may see everything. */
  mine: ReadonlySet<string> | null
}

/** The people of one round, each with a network of their own that is listened to. */
export function newGroup(
  url: string,
  teams: readonly SignedTeam[],
  random: () => number,
  options: { name: string; conversations: number },
) {
  const wakes = new Set<() => void>()
  const fetch = leanFetch()
  function onWake(listener: () => void) {
    wakes.add(listener)
    return () => wakes.delete(listener)
  }
  function place() {
    const witness = newWitness(fetch)
    const at: Place = { ...{ url, random, onWake }, fetch: witness.fetch, WebSocket: witness.WebSocket }
    return { witness, at }
  }
  const teamOf = (at: number) => teams[at % teams.length]!
  const visitors = Array.from({ length: options.conversations }, (_, at) => {
    const { witness, at: where } = place()
    return { witness, visitor: aVisitor(where, teamOf(at).inboxKey) }
  })
  /** By team. */
  const agents = teams.map(({ agents }) =>
    Array.from({ length: Math.max(2, agents.length) }, (_, at) => {
      const { witness, at: where } = place()
      const agent = anAgent(where, agents[at % agents.length]!)
      return { witness, agent, list: agent.list('all') }
    }),
  )

  const memberOf = (
    name: string,
    client: Member['client'],
    items: readonly { conversationId: string; unread: number }[],
    rest: Pick<Member, 'witness' | 'actor' | 'conversationIds' | 'mine'>,
  ): Member => ({
    ...{ name, client, ...rest },
    isLive: () => client.connection.getSnapshot().phase === 'live',
    counted: (id) => items.find(({ conversationId }) => conversationId === id)?.unread ?? null,
  })

  return {
    visitors,
    agents,
    teamOf,
    /** Everybody, visitors first. `ids`: the conversations begun so far, by visitor. */
    members(ids: readonly (string | null)[]): Member[] {
      const byVisitor = visitors.map(({ witness, visitor: { chat } }, at) => {
        const mine = ids[at] ? [ids[at]] : []
        const id = chat.session.getSnapshot()?.contact.id ?? ''
        const rest = { witness, actor: { type: 'contact' as const, id }, conversationIds: mine, mine: new Set(mine) }
        return memberOf(`${options.name}.${at} visitor`, chat, chat.conversations.getSnapshot().items, rest)
      })
      const byAgents = agents.flatMap((people, nth) => {
        const conversationIds = ids.flatMap((id, at) => (id && at % teams.length === nth ? [id] : []))
        return people.map(({ witness, agent, list }, at) => {
          const id = agent.session.getSnapshot()?.agent.id ?? ''
          const rest = { witness, actor: { type: 'agent' as const, id }, conversationIds, mine: teams[nth]!.seen }
          return memberOf(`${options.name} agent ${nth}.${at}`, agent, list.store.getSnapshot().items, rest)
        })
      })
      return [...byVisitor, ...byAgents]
    },
    /** Tells every client that the network is back. */
    wake: () => wakes.forEach((wake) => wake()),
  }
}
