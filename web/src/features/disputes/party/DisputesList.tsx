import { Link, useSearchParams } from 'react-router'
import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { MoreRows } from '@/ui/MoreRows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { DisputeClock, DisputeState } from '../parts/Parts'
import { listDisputes, listKey } from '../parts/server'
import type { Place } from '../parts/wire'

const EVERY_MS = 20_000

/** Disputes one takes part in, open or over; `base` is where this list stands in the app. */
export function DisputesList({ place, base, open }: { place: Place; base: string; open?: string | undefined }) {
  const { t } = useTranslation('disputes')
  const [search] = useSearchParams()
  const closed = search.get('closed') === '1'
  const pages = useCursorPages(
    [...listKey(place), closed],
    (after, signal) => listDisputes(place, { closed, limit: 20, ...(after ? { starting_after: after } : {}) }, signal),
    { refetchInterval: EVERY_MS },
  )
  return (
    <>
      <nav className="x-tabs" aria-label={t('page.disputes')}>
        <Link to={base} aria-current={closed ? undefined : 'page'}>
          {t('page.open')}
        </Link>
        <Link to={`${base}?closed=1`} aria-current={closed ? 'page' : undefined}>
          {t('page.closed')}
        </Link>
      </nav>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="card"
        title={t(closed ? 'page.none_closed' : 'page.none')}
        hint={t('page.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        <ul className="x-list">
          {pages.items.map((line) => (
            <li key={line.id}>
              <Link className="x-card-link" to={`${base}/${line.id}${closed ? '?closed=1' : ''}`} aria-current={line.id === open}>
                <span className="x-card-link-head">
                  <strong>{line.issues.map(({ issue }) => t(`issue.${issue}`)).join(' · ')}</strong>
                  <DisputeState line={line} />
                </span>
                <span className="x-dim">
                  {line.number} · {place ? other(line) : line.shop_name}
                </span>
                <DisputeClock line={line} />
              </Link>
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </>
  )
}

function other(line: { me: string; claimant: { name: string }; respondent: { name: string } }): string {
  return line.me === 'claimant' ? line.respondent.name : line.claimant.name
}
