import { Link, useSearchParams } from 'react-router'
import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { AppealClock, AppealState } from '../parts/Parts'
import { listAppeals } from '../parts/server'
import type { Place } from '../parts/wire'

/** Appeals one takes part in, open or over; `base` is where this list stands in the app. */
export function AppealsList({ place, base, open }: { place: Place; base: string; open?: string | undefined }) {
  const { t } = useTranslation('appeals')
  const [search] = useSearchParams()
  const closed = search.get('closed') === '1'
  const pages = useCursorPages(['appeals', place?.shop ?? 'me', 'list', closed], (after, signal) =>
    listAppeals(place, { closed, limit: 20, ...(after ? { starting_after: after } : {}) }, signal),
  )
  return (
    <>
      <nav className="x-tabs" aria-label={t('nav')}>
        <Link to={base} aria-current={closed ? undefined : 'page'}>
          {t('list.open')}
        </Link>
        <Link to={`${base}?closed=1`} aria-current={closed ? 'page' : undefined}>
          {t('list.closed')}
        </Link>
      </nav>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="card"
        title={t(closed ? 'list.none_closed' : 'list.none')}
        hint={t('list.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        <ul className="x-list">
          {pages.items.map((line) => (
            <li key={line.id}>
              <Link className="x-card-link" to={`${base}/${line.id}${closed ? '?closed=1' : ''}`} aria-current={line.id === open}>
                <span className="x-card-link-head">
                  <strong>{t(`target.${line.target_kind}`)}</strong>
                  <AppealState line={line} />
                </span>
                <span className="x-dim">
                  {line.appellant.name} · <RelativeTime at={line.lodged_at} />
                </span>
                <AppealClock line={line} />
              </Link>
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </>
  )
}
