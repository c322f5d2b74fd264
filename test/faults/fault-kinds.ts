/** What can be done to one HTTP request, with how often it is done beside the others. */
export const requestFaults = {
  'request reset': 3,
  'request cut': 3,
  'request swallowed': 0.3,
  'request delayed': 6,
  'request twice': 4,
  'request again later': 4,
  'request sliced': 3,
  'answer lost after commit': 8,
  'answer held after commit': 0.3,
  'answer truncated': 4,
  'answer delayed': 6,
  'answer sliced': 3,
  'answer 401': 3,
  'answer 429': 2,
  'answer 503': 3,
  'answer 500 after commit': 4,
  'answer 502 page after commit': 3,
  'answer of a captive portal': 2,
}
/** What can be done to the opening of a socket. */
export const upgradeFaults = { 'upgrade refused': 3, 'upgrade swallowed': 1 }
/** What can be done to one frame, or at that moment to the socket it travels on. */
export const frameFaults = {
  'frame dropped': 10,
  'frame twice': 8,
  'frames swapped': 8,
  'frame delayed': 6,
  'frame again later': 6,
  'frame sliced': 4,
  'socket reset': 0.6,
  'socket closed': 0.4,
  'socket drained': 0.2,
  'socket half-open': 0.3,
  'socket deaf': 0.3,
}
/** What happens to everybody at once. */
export const outages = [
  'server killed',
  'server killed after a commit',
  'server frozen',
  'server drained',
  'database connections ended',
  'database listening ended',
  'database gone silent',
  'database rows locked',
  'network down',
] as const

export type RequestFault = keyof typeof requestFaults
export type UpgradeFault = keyof typeof upgradeFaults
export type FrameFault = keyof typeof frameFaults
export type Outage = (typeof outages)[number]
export type FaultKind = RequestFault | UpgradeFault | FrameFault | Outage | 'page reloaded'

export const allFaults: FaultKind[] = [
  ...(Object.keys(requestFaults) as RequestFault[]),
  ...(Object.keys(upgradeFaults) as UpgradeFault[]),
  ...(Object.keys(frameFaults) as FrameFault[]),
  ...outages,
  'page reloaded',
]

/** How often each kind was done. */
export type Tally = Partial<Record<FaultKind, number>>

export function addTo(tally: Tally, more: Tally): void {
  for (const [kind, count] of Object.entries(more) as [FaultKind, number][]) tally[kind] = (tally[kind] ?? 0) + count
}
