/** As `npm run costs` measures them. */
export interface Costs {
  perMessage: Cost
  perIdleChatMinute: Cost
}
interface Cost {
  requests: Record<string, number>
  /** Broadcasts heard by clients, by kind of topic; of one agent. */
  heard: Record<string, number>
  said: Record<string, number>
  rows: Record<string, number>
  walBytes: number
  diskBytes: number
  serverCpuMs: number
  databaseCpuMs: number | null
}

export interface Traffic {
  /** Of both sides together, in one conversation. */
  messagesPerMinute: number
  minutesPerChat: number
  chatsPerAgent: number
  /** Who hear of every change in the inbox, beside the one who answers. */
  agentsPerInbox: number
  busyHoursPerDay: number
}

/** Quotas of Supabase: guides/realtime/limits and guides/platform/manage-your-usage, read in November 2026. */
export interface Plan {
  name: string
  connections: number
  messagesPerSecond: number
  /** Of a month; what is more is 2.50 dollars a million where it is sold. */
  messagesPerMonth: number
  sellsMore: boolean
}
export const plans: Plan[] = [
  { name: 'Free', connections: 200, messagesPerSecond: 100, messagesPerMonth: 2e6, sellsMore: false },
  { name: 'Pro', connections: 500, messagesPerSecond: 500, messagesPerMonth: 5e6, sellsMore: false },
  { name: 'Pro, no spend cap', connections: 10_000, messagesPerSecond: 2_500, messagesPerMonth: 5e6, sellsMore: true },
  { name: 'Team', connections: 10_000, messagesPerSecond: 2_500, messagesPerMonth: 5e6, sellsMore: true },
]
const DOLLARS_PER_MILLION = 2.5
const BUSY = 0.6

const sum = (amounts: Record<string, number>) => Object.values(amounts).reduce((all, each) => all + each, 0)

/** Realtime messages as Supabase counts them: one for each that is sent and one for each client that hears it. */
function realtimeOf(cost: Cost, agents: number): number {
  const { inbox = 0, ...own } = cost.heard
  return (cost.rows['realtime.messages'] ?? 0) + sum(cost.said) + sum(own) + inbox * agents
}

export function needsOf({ perMessage, perIdleChatMinute }: Costs, traffic: Traffic, chats: number) {
  const agents = chats / traffic.chatsPerAgent
  const messagesPerSecond = (chats * traffic.messagesPerMinute) / 60
  const minutesPerSecond = chats / 60
  /** What is spent a second: with each message, and by each chat that is open whether anybody writes or not. */
  const spent = (amount: (cost: Cost) => number) =>
    amount(perMessage) * messagesPerSecond + amount(perIdleChatMinute) * minutesPerSecond
  const heardBy = Math.min(agents, traffic.agentsPerInbox)
  return {
    messagesPerSecond,
    agents,
    sockets: chats + agents,
    requestsPerSecond: spent((cost) => sum(cost.requests)),
    apiCopies: Math.ceil(spent((cost) => cost.serverCpuMs) / 1_000 / BUSY),
    databaseCores: spent((cost) => cost.databaseCpuMs ?? 0) / 1_000 / BUSY,
    rowsPerSecond: spent((cost) => sum(cost.rows)),
    walMegabytesPerSecond: spent((cost) => cost.walBytes) / 1e6,
    diskGigabytesPerDay: (spent((cost) => cost.diskBytes) * traffic.busyHoursPerDay * 3_600) / 1e9,
    realtimePerSecond: spent((cost) => realtimeOf(cost, heardBy)),
  }
}

/** How many chats a plan carries, and what limits them. */
export function planRow(costs: Costs, traffic: Traffic, plan: Plan): string[] {
  const byConnections = Math.floor(plan.connections / (1 + 1 / traffic.chatsPerAgent))
  let byMessages = 1
  while (needsOf(costs, traffic, byMessages + 1).realtimePerSecond <= plan.messagesPerSecond) byMessages++
  const chats = traffic.chatsPerAgent * traffic.agentsPerInbox
  const perChat = (needsOf(costs, traffic, chats).realtimePerSecond / chats) * traffic.minutesPerChat * 60
  const dollars = (perChat * 1_000 * DOLLARS_PER_MILLION) / 1e6
  return [
    plan.name,
    ...[
      byConnections,
      byMessages,
      Math.min(byConnections, byMessages),
      Math.floor(plan.messagesPerMonth / perChat),
    ].map((count) => count.toLocaleString('en')),
    plan.sellsMore ? `$${dollars.toFixed(2)}` : 'not sold',
  ]
}
