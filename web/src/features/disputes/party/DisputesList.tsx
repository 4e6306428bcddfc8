import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { OpenAndOver, useOver } from '@/ui/OpenAndOver'
import { DisputeClock, DisputeState } from '../parts/Parts'
import { listDisputes, listKey } from '../parts/server'
import type { Place } from '../parts/wire'

const EVERY_MS = 20_000

/** Disputes one takes part in, open or over; `base` is where this list stands in the app. */
export function DisputesList({ place, base, open }: { place: Place; base: string; open?: string | undefined }) {
  const { t } = useTranslation('disputes')
  const closed = useOver()
  const pages = useCursorPages(
    [...listKey(place), closed],
    (after, signal) => listDisputes(place, { closed, limit: 20, ...(after ? { starting_after: after } : {}) }, signal),
    { refetchInterval: EVERY_MS },
  )
  return (
    <OpenAndOver
      base={base}
      here={open}
      words={{ label: t('page.disputes'), open: t('page.open'), over: t('page.closed'), none: t(closed ? 'page.none_closed' : 'page.none'), hint: t('page.none_hint') }}
      error={pages.isError ? asRefusal(pages.error) : null}
      pages={pages}
      renderLine={(line) => ({
        key: line.id,
        title: line.issues.map(({ issue }) => t(`issue.${issue}`)).join(' · '),
        state: <DisputeState line={line} />,
        about: `${line.number} · ${place ? other(line) : line.shop_name}`,
        clock: <DisputeClock line={line} />,
      })}
    />
  )
}

function other(line: { me: string; claimant: { name: string }; respondent: { name: string } }): string {
  return line.me === 'claimant' ? line.respondent.name : line.claimant.name
}
