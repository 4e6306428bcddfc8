import { CloseOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select, Tag } from 'antd'
import { type ComponentType, type ReactNode, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { api, asRefusal, useCursorPages, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { Panes } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { useFigures } from '@/ui/figures'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { GradeWord } from './GradeWord'
import { ScoreView } from './ScoreView'
import type { Grade, ScoreLine } from './wire'
import './inspection.css'

const GRADES = ['failed', 'poor', 'fair', 'good', 'excellent'] as const satisfies readonly Grade[]

interface Props {
  shop: string
  base: string
  /** What others have to say about a score, below it. */
  Under: ComponentType<{ shop: string; score: string }>
}

/** Every closed consultation inspected, the newest first; an agent sees his own. */
export default function ScoresPage({ shop, base, Under }: Props) {
  const { t } = useTranslation('inspection')
  const navigate = useNavigate()
  const { inspection } = useParams()
  const [grade, setGrade] = useState<Grade | null>(null)
  const pages = useCursorPages<ScoreLine>(['inspection', shop, 'scores', grade], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/inspections', {
      params: { path: { shop }, query: { limit: 50, ...(grade ? { grade } : {}), ...(after ? { starting_after: after } : {}) } },
      signal,
    }),
  )
  const queries = useQueryClient()
  const { figure } = useFigures()
  const again = () => queries.invalidateQueries({ queryKey: ['inspection', shop, 'scores'] })
  useTopic(`shop:${shop}`, refreshing(again, ({ name }) => void (name === 'inspection.inspected' && again())))
  const columns: readonly Column<ScoreLine>[] = [
    {
      id: 'score',
      title: t('page.score'),
      render: (one) => (
        <Link to={`${base}/${one.id}`}>
          {one.veiled && one.score === null ? (
            t('page.veiled')
          ) : (
            <>
              <strong>{figure(one.score)}</strong> <GradeWord grade={one.grade} />
            </>
          )}
          {one.settled ? <Tag>{t('page.settled')}</Tag> : null}
        </Link>
      ),
    },
    ...(useReach('inspection.read') === 'own' ? [] : [{ id: 'agent', title: t('page.agent'), render: (one: ScoreLine) => one.agent_name || '–' }]),
    { id: 'flags', title: t('page.flags'), render: (one) => one.flags.map((flag) => <Tag key={flag}>{t(`flag.${flag}` as 'flag.failed')}</Tag>) },
    { id: 'turns', title: t('page.dissatisfied'), render: (one) => (one.turns === 0 ? '–' : `${one.dissatisfied} / ${one.turns}`) },
    { id: 'at', title: t('page.at'), render: (one) => <RelativeTime at={one.at} /> },
  ]
  const list = (
    <Sheet
      title={t('page.title')}
      hint={t('page.hint')}
      extra={
        <Select<Grade | ''>
          aria-label={t('page.grade')}
          value={grade ?? ''}
          onChange={(chosen) => setGrade(chosen || null)}
          style={{ minWidth: 140 }}
          options={[{ value: '', label: t('page.all') }, ...GRADES.map((one) => ({ value: one, label: t(`grade.${one}`) }))]}
        />
      }
    >
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="table"
        title={t('page.none')}
        hint={t('page.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        <Rows label={t('page.title')} columns={columns} rows={pages.items} rowKey={(one) => one.id} />
        <MoreRows pages={pages} />
      </StateBlock>
    </Sheet>
  )
  return (
    <Panes open={inspection !== undefined} list={list} label={t('page.one')}>
      {inspection ? (
        <OneScore key={inspection} shop={shop} id={inspection} onClose={() => void navigate(base)}>
          <Under shop={shop} score={inspection} />
        </OneScore>
      ) : null}
    </Panes>
  )
}

function OneScore({ shop, id, onClose, children }: { shop: string; id: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('inspection')
  const query = useQuery({
    queryKey: ['inspection', shop, 'score', id],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/inspections/{inspection}', { params: { path: { shop, inspection: id } }, signal }),
  })
  return (
    <div className="in-panel">
      <Button className="in-close" type="text" icon={<CloseOutlined />} aria-label={t('page.close')} onClick={onClose} />
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {query.data ? (
          <>
            <ScoreView one={query.data} />
            {children}
          </>
        ) : null}
      </StateBlock>
    </div>
  )
}
