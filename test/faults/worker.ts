import { setTimeout as sleep } from 'node:timers/promises'
import { agentSignIn } from '../../sdk/agent.js'
import { seededRandom } from '../sdk/builders.js'
import { offer } from './acts.js'
import { addTo, type Tally } from './fault-kinds.js'
import { type Broken, brokenIn } from './invariants.js'
import { type FaultProxy, faultProxy } from './proxy.js'
import { newRound, type Round, type RoundOptions, type SignedTeam } from './round.js'
import type { Team } from './servers.js'

/** What one group of people went through, judged. */
export interface RoundReport {
  messages: number
  tally: Tally
  broken: Broken
  /** Of every client and conversation. */
  convergedMs: number[]
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
      setting.teams.map(async ({ inboxKey, people }, at) => {
        const url = setting.upstreams[at % setting.upstreams.length]!
        const agents = await Promise.all(people.map((person) => signInAt(proxy.url, person)))
        return { inboxKey, agents, reader: { url, getToken: await signInAt(url, people[0]!) } }
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
    round = null
    return {
      tally,
      messages: history.sends.length,
      broken: brokenIn(history),
      convergedMs: history.views.flatMap(({ convergedMs }) => convergedMs ?? []),
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
