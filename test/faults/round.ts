import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversation } from '../../sdk/index.js'
import { loadedDice, noFaults, type Odds } from './dice.js'
import type { Tally } from './fault-kinds.js'
import { newGroup, type SignedTeam } from './group.js'
import { type ClientRecord, emptyHistory, type History, messagesOf, type View } from './history.js'
import { type Lane, openLane } from './lane.js'
import type { Visitor } from './people.js'
import type { FaultProxy } from './proxy.js'
import { countIdle } from './quiet.js'
import { readLogs, readMarks } from './read-logs.js'
import { settledUnread } from './unread.js'
import { shownIn, standingOf, type Watch, watchView } from './watch.js'
import { watchTyping } from './watch-typing.js'
import type { Witness } from './witness.js'

/** How much longer than the bound one waits, to say how late it was rather than that it was. */
const PATIENCE_MS = 30_000
/** Enough for every message of a round; a page that does not load must not hold up the verdict. */
const MAX_PAGES = 1_000

/** A storm is over when so much of it is written: for the last few that come late nobody waits. */
const ENOUGH = 0.95
/** How many of its drafts a writer lets wait before writing on. */
const MAX_WAITING = 5
/** How likely a writer is seen at it before a message, and how likely what was begun is wiped out. */
const TYPING_ODDS = 0.5
const WIPING_ODDS = 0.1
/** How many more messages are written before a page is reloaded, and how soon after them. */
const BURST = 2
/** How likely, at most, the page in which a conversation begins is reloaded before its first message is answered. */
const MAX_EARLY_ODDS = 0.5
const MAX_HASTE_MS = 10

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
  /** How long everybody is watched doing nothing after the heal; 0: not at all. */
  quietMs: number
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
  /** Drafts that a reload left to what their page had kept of them. */
  carried(): number
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
  const { visitors, agents, teamOf, members, wake } = newGroup(proxy.url, teams, random, options)
  const lanes: Lane[] = []
  const visitorLanes: Lane[] = []
  /** By visitor; its id comes with the first message. */
  const started: Conversation[] = []
  const watches: (Watch & { stopTyping: () => void })[] = []
  /** What each writer is at; nothing once it is through. */
  const doing = new Map<string, string>()
  let reloads = 0
  const share = Math.ceil(options.messages / options.conversations / 3)

  function open(client: string, conversation: Conversation, witness: Witness) {
    conversation.open()
    const stopTyping = watchTyping(client, conversation, witness, (shown) => history.typings.push(shown))
    const watch = { ...watchView(client, conversation), stopTyping }
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
      through.type(false)
      doing.set(through.name, `acts after ${written}`)
      await after()
      doing.set(through.name, `rests after ${written}`)
      if (random() < TYPING_ODDS) through.type(true)
      else if (random() < WIPING_ODDS) through.type(false)
      do await sleep(random() * 2 * options.paceMs)
      while (through.waiting() > MAX_WAITING && !isOver())
    }
    doing.delete(through.name)
  }
  const mayRead = (conversation: Conversation) => void (random() < 0.3 && conversation.markRead())

  async function leavePage(lane: Lane, visitor: Visitor, watch?: Watch & { stopTyping: () => void }) {
    reloads++
    // some wait behind each other when the page goes, kept and not even on their way
    for (let written = 0; written < BURST; written++) lane.send()
    await sleep(random() * MAX_HASTE_MS)
    watch?.stop()
    watch?.stopTyping()
    if (watch) watch.view.isLeft = true
    lane.leave()
    return visitor.reload()
  }

  async function converse(at: number) {
    const { visitor, witness } = visitors[at]!
    const name = `${options.name}.${at}`
    let conversation = visitor.chat.newConversation()
    const visitorLane = lane(`${name} visitor`, conversation)
    visitorLanes[at] = visitorLane
    visitorLane.send()
    doing.set(visitorLane.name, 'starts')
    if (random() < Math.min(MAX_EARLY_ODDS, options.reloadOdds * share)) {
      // the page goes before it knows its conversation, and the next one goes on with what its list has
      const { chat, connected } = await leavePage(visitorLane, visitor)
      await connected
      const [head] = chat.conversations.getSnapshot().items
      conversation = head ? chat.conversation(head.conversationId) : chat.newConversation()
      visitorLane.moveTo(conversation)
      visitorLane.send()
    }
    started[at] = conversation
    while (!conversation.id && !isOver()) await sleep(20)
    if (!conversation.id) return
    let watch = open(`${name} visitor`, conversation, witness)
    const id = conversation.id
    const byVisitor = write(visitorLane, share - 1, async () => {
      mayRead(conversation)
      if (random() >= options.reloadOdds) return
      const { chat, connected } = await leavePage(visitorLane, visitor, watch)
      conversation = chat.conversation(id)
      visitorLane.moveTo(conversation)
      watch = open(`${name} visitor again`, conversation, witness)
      await connected
    })
    const byAgents = [0, 1].map((nth) => {
      const who = `${name} agent ${nth}`
      const team = agents[at % teams.length]!
      const { agent, witness } = team[(Math.floor(at / teams.length) + nth) % team.length]!
      const desk = agent.conversation(id)
      open(who, desk, witness)
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

  const everybody = () => members(Array.from(visitors, (_, at) => started[at]?.id ?? null))
  /** Of each team, what its reader reads of these conversations. */
  async function readOf<T>(read: typeof readLogs | typeof readMarks, ids: Iterable<string>) {
    const asked = new Set(ids)
    const parts = teams.map(({ reader }, nth) => {
      const inTeam = started.filter(({ id }, at) => at % teams.length === nth && asked.has(id!))
      return read(
        reader,
        inTeam.map(({ id }) => id!),
      ) as Promise<Map<string, T[]>>
    })
    return new Map((await Promise.all(parts)).flatMap((part) => [...part]))
  }

  /** What everybody knows beside their open screens. */
  async function lookAtClients(healedAt: number): Promise<ClientRecord[]> {
    const isOver = () => performance.now() - healedAt > options.boundMs + PATIENCE_MS
    const unread = await settledUnread(everybody, history.logs, (ids) => readOf(readMarks, ids), isOver)
    const idle = options.quietMs
      ? await countIdle(everybody(), { ms: options.quietMs, patienceMs: options.boundMs + PATIENCE_MS })
      : []
    return everybody().map(({ name, witness, mine }, at) => ({
      ...{ client: name, mine, known: witness.told, unread: unread[at]!, idle: idle[at] ?? null },
      peakWaiting: visitorLanes[at]?.peak() ?? 0,
    }))
  }

  return {
    async gather() {
      const clients = everybody().map(({ client }) => client)
      await Promise.all(clients.map((client) => client.connect()))
      while (clients.some(({ connection }) => !['live', 'degraded'].includes(connection.getSnapshot().phase)))
        await sleep(50)
      for (const { list } of agents.flat()) list.open()
    },
    async storm() {
      proxy.use(loadedDice(options.odds, random))
      await Promise.all(visitors.map((_, at) => converse(at)))
    },
    async heal() {
      proxy.use(noFaults)
      const healedAt = performance.now()
      if (options.isWoken) wake()
      await waitFor(() => lanes.every((each) => each.waiting() === 0), healedAt)
      // some begin only now
      for (const [at, { id }] of started.entries()) if (id) teamOf(at).seen?.add(id)
      history.logs = await readOf(
        readLogs,
        started.flatMap(({ id }) => id ?? []),
      )
      const left = () => watches.filter(({ view }) => !view.isLeft && view.convergedMs === null)
      await waitFor(() => {
        for (const watch of left())
          if (isCurrent(watch.view, watch)) watch.view.convergedMs = Math.max(0, watch.changedAt() - healedAt)
        return left().length === 0
      }, healedAt)
      for (const { view, conversation, stop } of watches) {
        // what is loaded from here on stands above what was shown
        stop()
        if (view.isLeft) continue
        for (let page = 0; page < MAX_PAGES && conversation.thread.getSnapshot().hasEarlier; page++)
          await conversation.messages.loadEarlier()
        view.final = shownIn(conversation)
      }
      history.clients = await lookAtClients(healedAt)
      for (const { stopTyping } of watches) stopTyping()
      return history
    },
    written: () => history.sends.length,
    standing() {
      const connections = everybody().map(({ name, client }) => [name, client.connection.getSnapshot()] as const)
      return [
        ...connections.map(([name, { phase, lastError, retryAt }]) =>
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
    carried: () => lanes.reduce((sum, each) => sum + each.carried(), 0),
    async end() {
      await Promise.all(everybody().map(({ client }) => client.close()))
    },
  }
}
