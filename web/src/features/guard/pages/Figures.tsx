import { useQuery } from '@tanstack/react-query'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useFigures } from '@/ui/figures'
import { type Column, Rows } from '@/ui/Rows'
import { Part } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { type Heeding, heeding } from './wire'

interface Counts {
  taken: number
  edited: number
  ignored: number
}

const HUNDRED = 100

function share({ taken, edited, ignored }: Counts): number | null {
  const all = taken + edited + ignored
  return all === 0 ? null : Math.round((taken / all) * HUNDRED)
}

/** What became of the suggestions of the last thirty days. */
export function Figures({ shop }: { shop: string | null }) {
  const { t } = useTranslation('objections')
  const { percent } = useFigures()
  const { t: guard } = useTranslation('guard')
  const query = useQuery({ queryKey: ['guard', 'heeding', shop], queryFn: ({ signal }) => heeding(shop, signal) })
  const counts: readonly Column<Counts>[] = [
    { id: 'taken', title: t('figures.taken'), render: (one) => one.taken },
    { id: 'edited', title: t('figures.edited'), render: (one) => one.edited },
    { id: 'ignored', title: t('figures.ignored'), render: (one) => one.ignored },
    { id: 'share', title: t('figures.share'), render: (one) => percent(share(one)) },
  ]
  const rows: readonly Column<Heeding['rows'][number]>[] = [
    { id: 'kind', title: guard('desk.kind'), render: (one) => <strong>{guard(`kind.${one.kind}`)}</strong> },
    { id: 'row', title: t('figures.row'), render: (one) => <code>{one.row}</code> },
    ...counts,
  ]
  const named = (title: string): readonly Column<Heeding['people'][number]>[] => [{ id: 'name', title, render: (one) => <strong>{one.name}</strong> }, ...counts]
  const found = query.data
  return (
    <StateBlock
      state={stateOf(query, found?.rows.length === 0)}
      skeleton="table"
      title={t('figures.none')}
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      {found ? (
        <>
          <p className="x-dim">{t('figures.hint')}</p>
          <Rows label={t('part.figures')} columns={rows} rows={found.rows} rowKey={(one) => `${one.kind} ${one.row}`} />
          <Part title={t('figures.people')}>
            <Rows label={t('figures.people')} columns={named(t('figures.person'))} rows={found.people} rowKey={(one) => one.person} />
          </Part>
          {shop === null ? (
            <Part title={t('figures.shops')}>
              <Rows label={t('figures.shops')} columns={named(t('figures.shop'))} rows={found.shops} rowKey={(one) => one.person} />
            </Part>
          ) : null}
        </>
      ) : null}
    </StateBlock>
  )
}
