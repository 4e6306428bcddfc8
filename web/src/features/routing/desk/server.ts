import { api } from '@/api'
import type { Answer } from '@/api/wire'

export type Agent = Answer<'/api/v1/shops/{shop}/agents/me', 'get'>
export type AgentState = Agent['state']

export function myAgent(shop: string, signal: AbortSignal): Promise<Agent> {
  return api.GET('/api/v1/shops/{shop}/agents/me', { params: { path: { shop } }, signal })
}

export function setMyState(shop: string, state: AgentState): Promise<Agent> {
  return api.PUT('/api/v1/shops/{shop}/agents/me/state', { params: { path: { shop } }, body: { state } })
}

export interface Colleague {
  id: string
  name: string
  state: AgentState
  load: number
  capacity: number
}

const TEAM_MAX = 200

/** The agents of a shop with their names. */
export async function colleagues(shop: string, signal: AbortSignal): Promise<Colleague[]> {
  const path = { shop }
  const [team, agents] = await Promise.all([
    api.GET('/api/v1/shops/{shop}/team', { params: { path, query: { limit: TEAM_MAX } }, signal }),
    api.GET('/api/v1/shops/{shop}/agents', { params: { path }, signal }),
  ])
  const byPerson = new Map(agents.data.map((agent) => [agent.person, agent]))
  return team.data.flatMap((member) => {
    const agent = byPerson.get(member.person_id)
    if (!agent || member.disabled) return []
    return [{ id: member.person_id, name: member.display_name, state: agent.state, load: agent.load, capacity: agent.capacity }]
  })
}

export async function queues(shop: string, signal: AbortSignal): Promise<{ id: string; name: string }[]> {
  const { data } = await api.GET('/api/v1/shops/{shop}/queues', { params: { path: { shop } }, signal })
  return data.map(({ id, name }) => ({ id, name }))
}
