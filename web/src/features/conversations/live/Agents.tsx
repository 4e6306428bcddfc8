import { Progress, Tag } from 'antd'
import { languageName } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock } from '@/ui/StateBlock'
import { type Agent, type Named, nameOf } from './wire'

const COLOURS = { online: 'success', busy: 'warning', away: 'default', offline: 'default' } as const
const ORDER = ['online', 'busy', 'away', 'offline'] as const

/** Who is there and how much each has in hand; those who take new consultations first. */
export function Agents({ rows, team }: { rows: readonly Agent[]; team: readonly Named[] }) {
  const { t } = useTranslation('conversations')
  const sorted = rows.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || b.load - a.load)
  const columns: readonly Column<Agent>[] = [
    { id: 'name', title: t('live.agent'), render: (agent) => nameOf(team, agent.person) ?? agent.person.slice(-8) },
    { id: 'state', title: t('live.state'), render: (agent) => <Tag color={COLOURS[agent.state]}>{t(`live.agent_state.${agent.state}`)}</Tag> },
    { id: 'load', title: t('live.load'), render: (agent) => <Load agent={agent} /> },
    { id: 'skills', title: t('live.skills'), render: (agent) => [...agent.skills, ...agent.languages.map(languageName)].map((word) => <Tag key={word}>{word}</Tag>) },
    { id: 'since', title: t('live.since'), render: (agent) => <RelativeTime at={agent.changed_at} /> },
  ]
  if (rows.length === 0) return <StateBlock state="empty" title={t('live.no_agents')} />
  return <Rows label={t('live.agents')} columns={columns} rows={sorted} rowKey={(agent) => agent.person} />
}

function Load({ agent }: { agent: Agent }) {
  const { t } = useTranslation('conversations')
  const percent = agent.capacity === 0 ? 0 : Math.min(100, (agent.load / agent.capacity) * 100)
  return (
    <span className="x-actions" style={{ flexWrap: 'nowrap' }}>
      <Progress percent={percent} showInfo={false} size="small" style={{ width: 90 }} aria-label={t('live.load')} />
      <span className="x-figures">
        {agent.load}/{agent.capacity}
      </span>
    </span>
  )
}
