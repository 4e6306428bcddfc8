import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { Rows } from '@/ui/Rows'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { ExamDialog } from './ExamDialog'
import { gathered } from './gathered'
import { MeasureCard } from './MeasureCard'
import { PenaltyDialog } from './PenaltyDialog'
import { PenaltyRows } from './PenaltyRows'
import './penalties.css'
import type { Doors, Penalty, Standing } from './wire'

/** How a shop stands with the marketplace: points, what binds it and until when, its penalties, the exam. */
export default function StandingPage({ shop }: { shop: string }) {
  const { t } = useTranslation('penalties')
  const queries = useQueryClient()
  const [sitting, setSitting] = useState(false)
  const [opened, setOpened] = useState<Penalty | null>(null)
  const query = useQuery({
    queryKey: ['penalties', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/standing', { params: { path: { shop } }, signal }),
  })
  const changed = () => queries.invalidateQueries({ queryKey: ['penalties', shop] })
  useTopic(
    `shop:${shop}`,
    refreshing(changed, ({ name }) => {
      if (name.startsWith('penalties.') || name.startsWith('measures.')) void changed()
    }),
  )
  const appeals = { place: { shop }, base: `/desk/shop-appeals/${shop}`, outside: true }
  const doors: Doors = {
    key: ['penalties', shop],
    appeals,
    read: (penalty, signal) => api.GET('/api/v1/shops/{shop}/penalties/{penalty}', { params: { path: { shop, penalty } }, ...(signal ? { signal } : {}) }),
    why: (penalty, signal) => api.GET('/api/v1/shops/{shop}/penalties/{penalty}/why', { params: { path: { shop, penalty } }, ...(signal ? { signal } : {}) }),
  }
  const standing = query.data
  return (
    <Sheet title={t('standing.title')} hint={t('standing.hint')}>
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {standing ? (
          <>
            <Tracks tracks={standing.tracks} />
            {standing.owes_exam ? (
              <Alert
                type="warning"
                showIcon
                style={{ marginBlock: 16 }}
                title={t('exam.owed')}
                action={
                  <Button type="primary" onClick={() => setSitting(true)}>
                    {t('exam.open')}
                  </Button>
                }
              />
            ) : null}
            <Part title={t('measures.title')}>
              <StateBlock state={standing.measures.length > 0 ? 'ready' : 'empty'} title={t('measures.none')}>
                {gathered(standing.measures).map((group) => (
                  <MeasureCard key={group[0].id} measures={group} appeals={appeals} />
                ))}
              </StateBlock>
            </Part>
            <Part title={t('penalties.title')}>
              <StateBlock state={standing.penalties.length > 0 ? 'ready' : 'empty'} title={t('penalties.none')}>
                <PenaltyRows penalties={standing.penalties} named={false} onOpen={setOpened} />
              </StateBlock>
            </Part>
            <Part title={t('entries.title')}>
              <Entries entries={standing.entries} />
            </Part>
          </>
        ) : null}
      </StateBlock>
      {sitting ? <ExamDialog shop={shop} onDone={changed} onClose={() => setSitting(false)} /> : null}
      {opened ? <PenaltyDialog penalty={opened} doors={doors} onClose={() => setOpened(null)} /> : null}
    </Sheet>
  )
}

function Tracks({ tracks }: { tracks: Standing['tracks'] }) {
  const { t } = useTranslation('penalties')
  return (
    <>
      <dl className="x-tiles" aria-label={t('standing.title')}>
        {tracks.map(({ track, points, next_node: next }) => (
          <div key={track} className="x-tile">
            <dt>{t(`track.${track}`)}</dt>
            <dd className="x-figures">{t('points', { count: points })}</dd>
            <dd className="x-dim xp-next">{next ? t('next_node', { points: next }) : t('no_node')}</dd>
          </div>
        ))}
      </dl>
      <p className="x-dim">{t('year_hint')}</p>
    </>
  )
}

function Entries({ entries }: { entries: Standing['entries'] }) {
  const { t } = useTranslation('penalties')
  return (
    <StateBlock state={entries.length > 0 ? 'ready' : 'empty'} title={t('entries.none')}>
      <Rows
        label={t('entries.title')}
        rows={entries}
        rowKey={(one) => one.id}
        columns={[
          { id: 'track', title: t('entries.track'), render: (one) => t(`track.${one.track}`) },
          { id: 'points', title: t('entries.points'), render: (one) => <strong className="x-figures">{one.points > 0 ? `+${one.points}` : one.points}</strong> },
          { id: 'reason', title: t('entries.reason'), render: (one) => t(`entry.${one.reason}`) },
          { id: 'at', title: t('penalties.when'), render: (one) => <RelativeTime at={one.at} /> },
        ]}
      />
    </StateBlock>
  )
}
