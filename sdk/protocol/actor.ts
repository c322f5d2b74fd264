/** Who did something. `assistant` and `system` never sign in; they act for the workspace. */
export type ActorType = 'contact' | 'agent' | 'assistant' | 'system'

export interface Actor {
  type: ActorType
  /** Absent for `system`. */
  id: string | null
  /** Name to show. Empty while a visitor has not said theirs. */
  name: string
}

/** What an agent may do, each role including the ones before it. */
export const agentRoles = ['agent', 'supervisor', 'admin', 'owner'] as const
export type AgentRole = (typeof agentRoles)[number]
