import {
  type FrameFault,
  frameFaults,
  type RequestFault,
  requestFaults,
  type UpgradeFault,
  upgradeFaults,
} from './fault-kinds.js'

/** Says what goes wrong next, or null. */
export interface Dice {
  request(): RequestFault | null
  upgrade(): UpgradeFault | null
  frame(): FrameFault | null
}

/** How likely it is that something goes wrong at all. */
export interface Odds {
  request: number
  upgrade: number
  frame: number
}

function drawn<K extends string>(weights: Record<K, number>, random: () => number): K {
  const kinds = Object.entries(weights) as [K, number][]
  let rest = random() * kinds.reduce((sum, [, weight]) => sum + weight, 0)
  return (kinds.find(([, weight]) => (rest -= weight) < 0) ?? kinds.at(-1)!)[0]
}

export const loadedDice = (odds: Odds, random: () => number): Dice => ({
  request: () => (random() < odds.request ? drawn(requestFaults, random) : null),
  upgrade: () => (random() < odds.upgrade ? drawn(upgradeFaults, random) : null),
  frame: () => (random() < odds.frame ? drawn(frameFaults, random) : null),
})

export const noFaults: Dice = { request: () => null, upgrade: () => null, frame: () => null }
