import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { type Answer, api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { MoreRows } from '@/ui/MoreRows'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { ShopDialog } from './ShopDialog'

export type Shop = Answer<'/platform/v1/shops', 'get'>['data'][number]

/** The shops of the marketplace. */
export default function ShopsPage() {
  const { t } = useTranslation(['identity', 'ui'])
  const [q, setQ] = useState('')
  const [edited, setEdited] = useState<Shop | 'new' | null>(null)
  const queries = useQueryClient()
  const shops = useCursorPages<Shop>(['platform', 'shops', q], (after, signal) =>
    api.GET('/platform/v1/shops', {
      params: { query: { limit: 50, ...(q ? { q } : {}), ...(after ? { starting_after: after } : {}) } },
      signal,
    }),
  )
  const columns: readonly Column<Shop>[] = [
    { id: 'name', title: t('shops.name'), render: (shop) => <strong>{shop.name}</strong> },
    {
      id: 'state',
      title: t('shops.state'),
      render: (shop) => <Tag color={shop.state === 'active' ? 'success' : 'default'}>{t(`shops.state.${shop.state}`)}</Tag>,
    },
    { id: 'external', title: t('shops.external_id'), render: (shop) => (shop.external_id ? <Copyable text={shop.external_id} /> : '–') },
    { id: 'zone', title: t('shops.time_zone'), render: (shop) => shop.time_zone },
    {
      id: 'origins',
      title: t('shops.origins'),
      render: (shop) => (shop.allowed_origins.length === 0 ? '–' : shop.allowed_origins.map((origin) => <Tag key={origin}>{origin}</Tag>)),
    },
  ]
  return (
    <Sheet
      title={t('shops.nav')}
      extra={
        <>
          <Input.Search allowClear aria-label={t('ui:action.search')} placeholder={t('ui:action.search')} onSearch={setQ} style={{ width: 200 }} />
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('shops.add')}
          </Button>
        </>
      }
    >
      <StateBlock
        state={stateOf(shops, shops.items.length === 0)}
        skeleton="table"
        title={t('shops.none')}
        hint={q ? t('ui:state.other_words') : null}
        action={<Button onClick={() => setEdited('new')}>{t('shops.add')}</Button>}
        error={shops.isError ? asRefusal(shops.error) : null}
        onRetry={shops.refetch}
      >
        <Rows
          label={t('shops.nav')}
          columns={columns}
          rows={shops.items}
          rowKey={(shop) => shop.id}
          renderActions={(shop) => (
            <>
              <Button size="small" onClick={() => setEdited(shop)}>
                {t('ui:action.edit')}
              </Button>
              <Button size="small" href={`/merchant/team/${shop.id}`}>
                {t('shops.manage')}
              </Button>
            </>
          )}
        />
        <MoreRows pages={shops} />
      </StateBlock>
      {edited ? (
        <ShopDialog
          shop={edited === 'new' ? null : edited}
          onDone={() => queries.invalidateQueries({ queryKey: ['platform', 'shops'] })}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </Sheet>
  )
}
