import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { OpenAndOver, useOver } from '@/ui/OpenAndOver'
import { RelativeTime } from '@/ui/RelativeTime'
import { AppealClock, AppealState } from '../parts/Parts'
import { listAppeals } from '../parts/server'
import type { Place } from '../parts/wire'

/** Appeals one takes part in, open or over; `base` is where this list stands in the app. */
export function AppealsList({ place, base, open }: { place: Place; base: string; open?: string | undefined }) {
  const { t } = useTranslation('appeals')
  const closed = useOver()
  const pages = useCursorPages(['appeals', place?.shop ?? 'me', 'list', closed], (after, signal) =>
    listAppeals(place, { closed, limit: 20, ...(after ? { starting_after: after } : {}) }, signal),
  )
  return (
    <OpenAndOver
      base={base}
      here={open}
      words={{ label: t('nav'), open: t('list.open'), over: t('list.closed'), none: t(closed ? 'list.none_closed' : 'list.none'), hint: t('list.none_hint') }}
      error={pages.isError ? asRefusal(pages.error) : null}
      pages={pages}
      renderLine={(line) => ({
        key: line.id,
        title: t(`target.${line.target_kind}`),
        state: <AppealState line={line} />,
        about: (
          <>
            {line.appellant.name} · <RelativeTime at={line.lodged_at} />
          </>
        ),
        clock: <AppealClock line={line} />,
      })}
    />
  )
}
