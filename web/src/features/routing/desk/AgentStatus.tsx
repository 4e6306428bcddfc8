import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import { useMe, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useMode } from '@/ui/mode'
import { refreshing, useTopic } from '@/realtime/react'
import { announce } from '@/ui/announce'
import { tone, type Tone } from '@/ui/theme'
import { type Agent, type AgentState, myAgent, setMyState } from './server'
import './status.css'

const STATES: readonly AgentState[] = ['online', 'busy', 'away', 'offline']
const TONES: Record<AgentState, Tone> = { online: 'settled', busy: 'soon', away: 'waiting', offline: 'waiting' }

/** Whether I take consultations, and how many I have in hand; top right on the desk. */
export function AgentStatus({ shop }: { shop: string }) {
  const { t } = useTranslation('routing')
  const me = useMe()
  const mode = useMode()
  const may = useReach('agents.state') !== 'none' && me.shops.some((each) => each.id === shop)
  const queries = useQueryClient()
  const key = ['routing', shop, 'me']
  const agent = useQuery({ queryKey: key, queryFn: ({ signal }) => myAgent(shop, signal), enabled: may })
  useTopic(
    may ? `shop:${shop}` : null,
    refreshing(
      () => queries.invalidateQueries({ queryKey: key }),
      ({ name, body }) => {
        const changed = body as { person?: string }
        if (name === 'routing.agent_changed' && changed.person === me.id) void queries.invalidateQueries({ queryKey: key })
      },
    ),
  )
  const change = useMutation({
    mutationFn: (state: AgentState) => setMyState(shop, state),
    onSuccess: (fresh: Agent) => {
      queries.setQueryData(key, fresh)
      announce(t('agent.now', { state: t(`agent.state.${fresh.state}`) }))
    },
  })
  if (!agent.data) return null
  const { wished_state: wished, state, load, capacity } = agent.data
  return (
    <span className="xr-status">
      <Tooltip title={t('agent.load_what', { load, capacity })}>
        <span className="xr-load x-figures" data-full={load >= capacity}>
          {t('agent.load', { load, capacity })}
        </span>
      </Tooltip>
      <span aria-hidden className="xr-dot" style={{ background: tone(mode, TONES[state]) }} />
      <select
        className="xr-select"
        aria-label={t('agent.mine')}
        title={change.error ? change.error.message : t(`agent.what.${state}`)}
        value={change.isPending ? change.variables : wished}
        onChange={(event) => change.mutate(event.target.value as AgentState)}
      >
        {STATES.map((each) => (
          <option key={each} value={each}>
            {t(`agent.state.${each}`)}
          </option>
        ))}
      </select>
    </span>
  )
}
