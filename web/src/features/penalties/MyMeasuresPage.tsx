import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, asRefusal, useCursorPages, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { MoreRows } from '@/ui/MoreRows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import '@/ui/matter.css'
import { gathered } from './gathered'
import { MeasureCard } from './MeasureCard'
import { PenaltyDialog } from './PenaltyDialog'
import { PenaltyStand } from './PenaltyRows'
import './penalties.css'
import type { Doors, Measure, Penalty } from './wire'
import { useOffence, useOutcome } from './words'

const KEY = ['penalties', 'mine'] as const
const APPEALS = { place: null, base: '/appeals' }
const DOORS: Doors = {
  key: KEY,
  appeals: APPEALS,
  read: (penalty, signal) => api.GET('/public/v1/me/penalties/{penalty}', { params: { path: { penalty } }, ...(signal ? { signal } : {}) }),
  why: (penalty, signal) => api.GET('/public/v1/me/penalties/{penalty}/why', { params: { path: { penalty } }, ...(signal ? { signal } : {}) }),
}

/** What the marketplace imposed on oneself: why, until when, what stays open, and how it is appealed. */
export default function MyMeasuresPage() {
  const { t } = useTranslation('penalties')
  const me = useMe()
  const queries = useQueryClient()
  useTopic(`person:${me.id}`, refreshing(async () => queries.invalidateQueries({ queryKey: KEY })))
  return (
    <div className="x-matter x-thumb">
      <title>{t('mine.title')}</title>
      <h1>{t('mine.title')}</h1>
      <p>{t('mine.stays_open')}</p>
      <Measures />
      <h2>{t('penalties.title')}</h2>
      <Penalties />
    </div>
  )
}

function Measures() {
  const { t } = useTranslation('penalties')
  const pages = useCursorPages<Measure>([...KEY, 'measures'], (after, signal) =>
    api.GET('/public/v1/me/measures', { params: { query: { limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const bound = gathered(pages.items.filter(({ state }) => state !== 'ended'))
  const over = gathered(pages.items.filter(({ state }) => state === 'ended'))
  return (
    <StateBlock state={stateOf(pages, pages.items.length === 0)} skeleton="card" title={t('measures.none')} error={pages.isError ? asRefusal(pages.error) : null} onRetry={pages.refetch}>
      <h2>{t('measures.title')}</h2>
      {bound.length === 0 ? <p className="x-dim">{t('measures.none')}</p> : null}
      {bound.map((group) => (
        <MeasureCard key={group[0].id} measures={group} appeals={APPEALS} />
      ))}
      {over.length > 0 ? (
        <details>
          <summary>{t('mine.over')}</summary>
          {over.map((group) => (
            <MeasureCard key={group[0].id} measures={group} />
          ))}
        </details>
      ) : null}
      <MoreRows pages={pages} />
    </StateBlock>
  )
}

function Penalties() {
  const { t } = useTranslation('penalties')
  const offence = useOffence()
  const outcome = useOutcome()
  const [opened, setOpened] = useState<Penalty | null>(null)
  const pages = useCursorPages<Penalty>([...KEY, 'penalties'], (after, signal) =>
    api.GET('/public/v1/me/penalties', { params: { query: { limit: 20, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  return (
    <StateBlock state={stateOf(pages, pages.items.length === 0)} skeleton="card" title={t('penalties.none')} error={pages.isError ? asRefusal(pages.error) : null} onRetry={pages.refetch}>
      <ul className="x-list">
        {pages.items.map((one) => (
          <li key={one.id} className="x-box">
            <strong>{offence(one.offence)}</strong> · {outcome(one)}
            <div>
              <PenaltyStand one={one} />
            </div>
            <Button size="large" onClick={() => setOpened(one)}>
              {t('penalties.open')}
            </Button>
          </li>
        ))}
      </ul>
      <MoreRows pages={pages} />
      {opened ? <PenaltyDialog penalty={opened} doors={DOORS} onClose={() => setOpened(null)} /> : null}
    </StateBlock>
  )
}
