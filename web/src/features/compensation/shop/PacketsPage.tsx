import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, asRefusal, useCursorPages } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { DecisionsButton } from '@/ui/Decisions'
import { formatMoney } from '@/ui/money'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { GrantClock, GrantState, Sum } from '../parts'
import { whyOfShop } from '../why'
import type { Grant, Packets } from '../wire'

const CURRENCY = 'CNY'

/** What a shop gives: its red packets by what became of them, what is left today, everything it bears. */
export default function PacketsPage({ shop }: { shop: string }) {
  const { t } = useTranslation('compensation')
  const queries = useQueryClient()
  const key = ['compensation', shop]
  const pages = useCursorPages<Grant>([...key, 'list'], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/compensation', { params: { path: { shop }, query: { limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const figures = useQuery({
    queryKey: [...key, 'packets'],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/red-packets', { params: { path: { shop } }, signal }),
  })
  useTopic(`shop:${shop}`, refreshing(async () => queries.invalidateQueries({ queryKey: key })))
  const columns: readonly Column<Grant>[] = [
    { id: 'kind', title: t('kind_title'), render: (one) => <>{t(`kind.${one.kind}`)} <div className="x-quiet x-small">{t(`purpose.${one.purpose}`)}</div></> },
    { id: 'sum', title: t('amount'), render: (one) => <strong><Sum minor={one.amount_minor} currency={one.currency} /></strong> },
    { id: 'to', title: t('to'), render: (one) => one.receiver_name },
    { id: 'state', title: t('state_title'), render: (one) => <GrantState state={one.state} /> },
    { id: 'due', title: t('due'), render: (one) => (one.due_at ? <GrantClock grant={one} short /> : <RelativeTime at={one.moved_at} />) },
  ]
  const currency = pages.items.find((one) => one.kind !== 'points')?.currency ?? CURRENCY
  return (
    <Sheet title={t('packets.title')} hint={t('packets.hint')}>
      {figures.data ? <Figures figures={figures.data} currency={currency} /> : null}
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="table"
        title={t('packets.none')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        <Rows label={t('packets.title')} columns={columns} rows={pages.items} rowKey={(one) => one.id} renderActions={(one) => <WhyGiven shop={shop} one={one} />} />
        <MoreRows pages={pages} />
      </StateBlock>
    </Sheet>
  )
}

function WhyGiven({ shop, one }: { shop: string; one: Grant }) {
  return <DecisionsButton queryKey={['compensation', shop, 'why', one.id]} load={(signal) => whyOfShop(shop, one, signal)} />
}

function Figures({ figures, currency }: { figures: Packets; currency: string }) {
  const { t } = useTranslation('compensation')
  const language = useLanguage()
  const money = (minor: number) => formatMoney(minor, currency, language)
  return (
    <section className="x-box">
      <p>
        {t('packets.today', {
          sum: money(figures.today.agent_minor),
          most: money(figures.agent_day_max_minor),
          count: figures.today.agent_count,
          limit: figures.agent_day_count,
        })}
      </p>
      <dl className="x-facts">
        {figures.counts.map((one) => (
          <div key={one.state} style={{ display: 'contents' }}>
            <dt>
              <GrantState state={one.state} />
            </dt>
            <dd>
              {t('packets.count', { count: one.packets })} · {money(one.amount_minor)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
