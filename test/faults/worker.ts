import { setTimeout as sleep } from 'node:timers/promises'
import { agentSignIn } from '../../sdk/agent.js'
import { seededRandom } from '../sdk/builders.js'
import { offer } from './acts.js'
import { addTo, type Tally } from './fault-kinds.js'
import { type Broken, brokenIn } from './invariants.js'
import { type FaultProxy, faultProxy } from './proxy.js'
import type { SignedTeam } from './group.js'
import { newRound, type Round, type RoundOptions } from './round.js'
import type { Team } from './servers.js'

/** What one group of people went through, judged. */
export interface RoundReport {
  messages: number
  tally: Tally
  broken: Broken
  /** Of every client and conversation. */
  convergedMs: number[]
  looked: Looked
}

/** How much there was to judge, beside messages. */
export interface Looked {
  typingsShown: number
  unreadCounts: number
  idleClients: number
  draftsCarried: number
}

export interface WorkerSetting {
  upstreams: string[]
  teams: Team[]
}

let proxy: FaultProxy
/** Signed in once for all rounds: the server counts sign-ins. */
let teams: SignedTeam[]
let round: Round | null = null

const acts = {
  async setUp(setting: WorkerSetting, seed: number) {
    proxy = await faultProxy({ upstreams: setting.upstreams, random: seededRandom(seed) })
    const signInAt = async (url: string, { email, password }: Team['people'][0]) => {
      const signIn = agentSignIn({ url })
      await signIn.withPassword(email, password)
      return signIn.getToken
    }
    teams = await Promise.all(
      setting.teams.map(async ({ inboxKey, people, isLimited }, at) => {
        const url = setting.upstreams[at % setting.upstreams.length]!
        const agents = await Promise.all(people.map((person) => signInAt(proxy.url, person)))
        const reader = { url, getToken: await signInAt(url, people[0]!) }
        return { inboxKey, agents, reader, seen: isLimited ? new Set<string>() : null }
      }),
    )
  },
  gather(options: RoundOptions, seed: number) {
    round = newRound(proxy, teams, seededRandom(seed), options)
    return round.gather()
  },
  storm: () => round!.storm(),
  async heal(): Promise<RoundReport> {
    const history = await round!.heal()
    await round!.end()
    const tally = proxy.takeTally()
    addTo(tally, round!.takeTally())
    const draftsCarried = round!.carried()
    round = null
    return {
      tally,
      messages: history.sends.length,
      broken: brokenIn(history),
      convergedMs: history.views.flatMap(({ convergedMs }) => convergedMs ?? []),
      looked: {
        typingsShown: history.typings.length,
        unreadCounts: history.clients.reduce((sum, { unread }) => sum + unread.length, 0),
        idleClients: history.clients.filter(({ idle }) => idle).length,
        draftsCarried,
      },
    }
  },
  async cutOff(ms: number) {
    const undo = proxy.cutOff()
    await sleep(ms)
    undo()
  },
  /** The fault point between the commit and its answer: whoever gives it dies there, if it comes in time. */
  async killAfterCommit(pids: number[], patienceMs: number) {
    const undo = proxy.onNextCommit(() => pids.forEach((pid) => process.kill(pid, 'SIGKILL')))
    await sleep(patienceMs)
    undo()
  },
  written: () => round?.written() ?? 0,
  standing: () => [...(round?.standing() ?? []), ...proxy.underWay()],
}
export type WorkerActs = typeof acts

offer(acts)
