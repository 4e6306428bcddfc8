import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './buyer.css'
import { CaseRow } from './CaseRow'
import { Harms } from './Harms'
import { listCases } from './server'

/** The after-sale of one order: what was asked, and the way to ask. */
export function OrderCases({ order, canAsk }: { order: string; canAsk: boolean }) {
  const { t } = useTranslation('after_sale')
  const me = useMe()
  const query = useQuery({ queryKey: ['my-cases', 'order', order], queryFn: ({ signal }) => listCases({ order, limit: 50 }, signal) })
  useTopic(`person:${me.id}`, refreshing(() => query.refetch()))
  const cases = query.data?.data ?? []
  return (
    <section className="ab-card">
      <h2>{t('buyer.nav')}</h2>
      <Harms order={order} />
      <StateBlock
        state={stateOf(query, false)}
        skeleton="list"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {cases.length === 0 ? <p>{t('buyer.none_of_order')}</p> : null}
        <ul className="ab-list">
          {cases.map((line) => (
            <li key={line.id}>
              <CaseRow line={line} />
            </li>
          ))}
        </ul>
      </StateBlock>
      {canAsk ? (
        <p style={{ marginTop: 12 }}>
          <Link className="ab-button" to={`/orders/${order}/after-sale`}>
            {t('buyer.ask')}
          </Link>
        </p>
      ) : null}
    </section>
  )
}
