import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentSignIn } from '../../sdk/agent.js'
import type { Conversation } from '../../sdk/index.js'
import { loadedDice, noFaults, type Odds } from './dice.js'
import type { Tally } from './fault-kinds.js'
import { leanFetch } from './lean-fetch.js'
import { emptyHistory, type History, messagesOf, type View } from './history.js'
import { anAgent, aVisitor, type Lane, openLane, type Place } from './people.js'
import type { FaultProxy } from './proxy.js'
import { type LogReader, readLogs } from './read-logs.js'
import { shownIn, standingOf, type Watch, watchView } from './watch.js'

/** How much longer than the bound one waits, to say how late it was rather than that it was. */
const PATIENCE_MS = 30_000
/** Enough for every message of a round; a page that does not load must not hold up the verdict. */
const MAX_PAGES = 1_000

/** A storm is over when so much of it is written: for the last few that come late nobody waits. */
const ENOUGH = 0.95
/** How many of its drafts a writer lets wait before writing on. */
const MAX_WAITING = 5

/** A team with a session for each of its people. */
export interface SignedTeam {
  inboxKey: string
  agents: AgentSignIn['getToken'][]
  reader: LogReader
}

export interface RoundOptions {
  name: string
  conversations: number
  /** In all conversations together; the writers share them. */
  messages: number
  /** Milliseconds between two messages of one writer, on average. */
  paceMs: number
  odds: Odds
  /** How likely a visitor reloads the page after a message. */
  reloadOdds: number
  boundMs: number
  /** Whether every client hears that the network is back at the heal; else they have to find out. */
  isWoken: boolean
}

export interface Round {
  /** Everybody connects, without faults. */
  gather(): Promise<void>
  /** Everybody writes, with faults, until all is handed in. */
  storm(): Promise<void>
  /** No more faults: waits until all are equal, or too long, and tells what happened. */
  heal(): Promise<History>
  /** Messages so far. */
  written(): number
  /** Who has not come to an end, and how everybody is connected: for a round that stands still. */
  standing(): string[]
  /** What was done by the people rather than by the network. */
  takeTally(): Tally
  end(): Promise<void>
}

/** One group of people with conversations of their own, from meeting to parting. */
export function newRound(
  proxy: FaultProxy,
  teams: readonly SignedTeam[],
  random: () => number,
  options: RoundOptions,
): Round {
  const history = emptyHistory(options.boundMs)
  const fetch = leanFetch()
  const wakes = new Set<() => void>()
  const place: Place = {
    url: proxy.url,
    fetch,
    random,
    onWake(listener) {
      wakes.add(listener)
      return () => wakes.delete(listener)
    },
  }
  const teamOf = (at: number) => teams[at % teams.length]!
  const visitors = Array.from({ length: options.conversations }, (_, at) => aVisitor(place, teamOf(at).inboxKey))
  /** By team. */
  const agents = teams.map(({ agents }) =>
    Array.from({ length: Math.max(2, agents.length) }, (_, at) => anAgent(place, agents[at % agents.length]!)),
  )
  const lanes: Lane[] = []
  const visitorLanes: Lane[] = []
  /** By visitor; its id comes with the first message. */
  const started: Conversation[] = []
  const watches: Watch[] = []
  /** What each writer is at; nothing once it is through. */
  const doing = new Map<string, string>()
  let reloads = 0
  const share = Math.ceil(options.messages / options.conversations / 3)

  function open(client: string, conversation: Conversation): Watch {
    conversation.open()
    const watch = watchView(client, conversation)
    watches.push(watch)
    history.views.push(watch.view)
    return watch
  }
  const lane = (name: string, conversation: Conversation) => {
    const opened = openLane(name, conversation, (send) => history.sends.push(send))
    lanes.push(opened)
    return opened
  }
  const isOver = () => history.sends.length >= ENOUGH * options.messages
  async function write(through: Lane, count: number, after: () => Promise<void> | void) {
    for (let written = 0; written < count && !isOver(); written++) {
      through.send()
      doing.set(through.name, `acts after ${written}`)
      await after()
      doing.set(through.name, `rests after ${written}`)
      do await sleep(random() * 2 * options.paceMs)
      while (through.waiting() > MAX_WAITING && !isOver())
    }
    doing.delete(through.name)
  }
  const mayRead = (conversation: Conversation) => void (random() < 0.3 && conversation.markRead())

  async function converse(at: number) {
    const visitor = visitors[at]!
    const name = `${options.name}.${at}`
    let conversation = visitor.chat.newConversation()
    const visitorLane = lane(`${name} visitor`, conversation)
    visitorLanes[at] = visitorLane
    visitorLane.send()
    doing.set(visitorLane.name, 'starts')
    started[at] = conversation
    while (!conversation.id && !isOver()) await sleep(20)
    if (!conversation.id) return
    let watch = open(`${name} visitor`, conversation)
    const id = conversation.id
    const byVisitor = write(visitorLane, share - 1, async () => {
      mayRead(conversation)
      if (random() >= options.reloadOdds) return
      reloads++
      watch.stop()
      watch.view.isLeft = true
      conversation = (await visitor.reload()).conversation(id)
      watch = open(`${name} visitor again`, conversation)
      visitorLane.moveTo(conversation)
    })
    const byAgents = [0, 1].map((nth) => {
      const who = `${name} agent ${nth}`
      const team = agents[at % teams.length]!
      const desk = team[(Math.floor(at / teams.length) + nth) % team.length]!.conversation(id)
      open(who, desk)
      return write(lane(who, desk), share, async () => {
        mayRead(desk)
        if (random() < 0.02) await desk.resolve().catch(() => {})
      })
    })
    await Promise.all([byVisitor, ...byAgents])
    history.sends.filter(({ lane: by }) => by === `${name} visitor`).forEach((send) => (send.conversationId = id))
  }

  /** Until `isDone`, or until it takes longer than anybody would wait. */
  async function waitFor(isDone: () => boolean, from: number) {
    while (!isDone() && performance.now() - from < options.boundMs + PATIENCE_MS) await sleep(25)
  }

  function isCurrent(view: View, { conversation }: Watch): boolean {
    const expected = messagesOf(history.logs.get(view.conversationId)!)
    const { items, isLoading } = conversation.thread.getSnapshot()
    const last = items.findLast((item) => item.kind === 'message')
    return !isLoading && last?.message.seq === expected.at(-1)?.seq && items.every(({ kind }) => kind !== 'draft')
  }

  return {
    async gather() {
      const clients = [...visitors.map(({ chat }) => chat), ...agents.flat()]
      await Promise.all(clients.map((client) => client.connect()))
      while (clients.some(({ connection }) => !['live', 'degraded'].includes(connection.getSnapshot().phase)))
        await sleep(50)
    },
    async storm() {
      proxy.use(loadedDice(options.odds, random))
      await Promise.all(visitors.map((_, at) => converse(at)))
    },
    async heal() {
      proxy.use(noFaults)
      const healedAt = performance.now()
      if (options.isWoken) wakes.forEach((wake) => wake())
      await waitFor(() => lanes.every((each) => each.waiting() === 0), healedAt)
      const logs = await Promise.all(
        teams.map(({ reader }, nth) =>
          readLogs(
            reader,
            started.filter((_, at) => at % teams.length === nth).flatMap(({ id }) => id ?? []),
          ),
        ),
      )
      history.logs = new Map(logs.flatMap((each) => [...each]))
      const left = () => watches.filter(({ view }) => !view.isLeft && view.convergedMs === null)
      await waitFor(() => {
        for (const watch of left())
          if (isCurrent(watch.view, watch)) watch.view.convergedMs = Math.max(0, watch.changedAt() - healedAt)
        return left().length === 0
      }, healedAt)
      for (const { view, conversation, stop } of watches) {
        stop()
        if (view.isLeft) continue
        for (let page = 0; page < MAX_PAGES && conversation.thread.getSnapshot().hasEarlier; page++)
          await conversation.messages.loadEarlier()
        view.final = shownIn(conversation)
      }
      history.clients = visitors.map(({ chat }, at) => ({
        client: visitorLanes[at]!.name,
        mine: [started[at]?.id ?? ''],
        known: chat.conversations.getSnapshot().items.map(({ conversationId }) => conversationId),
        ...{ unread: [], idle: null },
        peakWaiting: visitorLanes[at]!.peak(),
      }))
      return history
    },
    written: () => history.sends.length,
    standing() {
      const clients = [
        ...visitors.map(({ chat }, at) => [`visitor ${at}`, chat.connection.getSnapshot()] as const),
        ...agents.flat().map((agent, at) => [`agent ${at}`, agent.connection.getSnapshot()] as const),
      ]
      return [
        ...clients.map(([name, { phase, lastError, retryAt }]) =>
          [name, phase, lastError?.message, retryAt && `again in ${Math.round(retryAt - Date.now())} ms`]
            .filter(Boolean)
            .join(', '),
        ),
        ...[...doing].map(([name, what]) => `${name} ${what}`),
        ...lanes.flatMap((each) => each.standing()),
        ...watches.filter(({ view }) => !view.isLeft && view.convergedMs === null).map(standingOf),
      ]
    },
    takeTally: () => ({ 'page reloaded': reloads }),
    async end() {
      await Promise.all([...visitors.map(({ chat }) => chat), ...agents.flat()].map((client) => client.close()))
    },
  }
}
