import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { api, asRefusal, useCursorPages } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { MoreRows } from '@/ui/MoreRows'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { absoluteTime } from '@/ui/time'
import '@/ui/matter.css'
import './measures.css'
import type { Notice } from './wire'
import { useReason } from './words'

/** Blocks of shops that were wrong: said where everybody read of them (S-103). */
function Apologies({ marketplace, at }: { marketplace: string; at: (moment: string) => string }) {
  const { t } = useTranslation('measures')
  const query = useQuery({
    queryKey: ['block-apologies', marketplace],
    queryFn: ({ signal }) => api.GET('/public/v1/marketplaces/{slug}/block-apologies', { params: { path: { slug: marketplace } }, signal }),
  })
  const found = query.data?.data ?? []
  if (found.length === 0) return null
  return (
    <section>
      <h2>{t('notices.apologies')}</h2>
      <ul className="x-list">
        {found.map((one) => (
          <li key={one.id} className="x-box">
            {t('notices.apology', { shop: one.shop_name, from: one.begins_at ? at(one.begins_at) : '', at: one.lifted_at ? at(one.lifted_at) : '' })}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The measures in force against shops of a marketplace: for everybody, without signing in (L-076). */
export default function NoticesPage() {
  const { t } = useTranslation('measures')
  const language = useLanguage()
  const reason = useReason()
  const { marketplace = '' } = useParams()
  const pages = useCursorPages<Notice>(['measure-notices', marketplace], (startingAfter, signal) =>
    api.GET('/public/v1/marketplaces/{slug}/measures', {
      params: { path: { slug: marketplace }, query: startingAfter ? { starting_after: startingAfter } : {} },
      signal,
    }),
  )
  const at = (moment: string) => absoluteTime(Date.parse(moment), language)
  const columns: readonly Column<Notice>[] = [
    { id: 'shop', title: t('notices.shop'), render: (one) => <strong>{one.shop_name}</strong> },
    { id: 'violation', title: t('notices.violation'), render: (one) => reason(one.reason) },
    {
      id: 'measure',
      title: t('notices.measure'),
      render: (one) => (
        <span>
          <span style={one.corrected_at ? { textDecoration: 'line-through' } : undefined}>{t(`kind.${one.kind}`)}</span>
          {one.corrected_at ? <div>{t('notices.corrected', { at: at(one.corrected_at) })}</div> : null}
          {one.state === 'suspended' || one.state === 'awaiting_exam' ? <div className="x-dim">{t(`state.${one.state}`)}</div> : null}
        </span>
      ),
    },
    { id: 'from', title: t('notices.from'), render: (one) => at(one.begins_at) },
    { id: 'until', title: t('notices.until'), render: (one) => (one.ends_at ? at(one.ends_at) : t('for_ever')) },
  ]
  return (
    <div className="xm-public">
      <Sheet title={t('notices.title')} hint={t('notices.hint')}>
        <StateBlock
          state={stateOf(pages, pages.items.length === 0)}
          skeleton="table"
          title={t('notices.none')}
          error={pages.isError ? asRefusal(pages.error) : null}
          onRetry={() => void pages.refetch()}
        >
          <Rows label={t('notices.title')} columns={columns} rows={pages.items} rowKey={(one) => one.id} />
          <MoreRows pages={pages} />
        </StateBlock>
        <Apologies marketplace={marketplace} at={at} />
      </Sheet>
    </div>
  )
}
