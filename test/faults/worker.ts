import { setTimeout as sleep } from 'node:timers/promises'
import { type AgentSignIn, agentSignIn } from '../../sdk/agent.js'
import { seededRandom } from '../sdk/builders.js'
import { offer } from './acts.js'
import { addTo, type Tally } from './fault-kinds.js'
import { type Broken, brokenIn } from './invariants.js'
import { type FaultProxy, faultProxy } from './proxy.js'
import type { LogReader } from './read-logs.js'
import { newRound, type Round, type RoundOptions } from './round.js'

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
  people: { email: string; password: string }[]
}

let proxy: FaultProxy
let reader: LogReader
/** Once for all rounds: the server counts sign-ins. */
let signedIn: AgentSignIn[]
let round: Round

const acts = {
  async setUp({ upstreams, people }: WorkerSetting, seed: number) {
    proxy = await faultProxy({ upstreams, random: seededRandom(seed) })
    const signInAt = async (url: string, { email, password }: WorkerSetting['people'][0]) => {
      const signIn = agentSignIn({ url })
      await signIn.withPassword(email, password)
      return signIn
    }
    signedIn = await Promise.all(people.map((person) => signInAt(proxy.url, person)))
    const { getToken } = await signInAt(upstreams[0]!, people[0]!)
    reader = { url: upstreams[0]!, getToken }
  },
  gather(options: RoundOptions, seed: number) {
    round = newRound(proxy, reader, signedIn, seededRandom(seed), options)
    return round.gather()
  },
  storm: () => round.storm(),
  async heal(): Promise<RoundReport> {
    const history = await round.heal()
    await round.end()
    const tally = proxy.takeTally()
    addTo(tally, round.takeTally())
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
  standing: () => [...round.standing(), ...proxy.underWay()],
}
export type WorkerActs = typeof acts

offer(acts)
