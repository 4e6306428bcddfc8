import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { AddressPart } from './AddressPart'
import { PromiseDialog } from './PromiseDialog'
import { Amount, PromiseName } from './Named'
import { ANSWERING, type InForce, promised } from './promises'

/** How fast and how generous the shop is after the sale: its own promises over those of the marketplace. */
export default function PromisesPage({ shop }: { shop: string }) {
  const { t } = useTranslation(['after_sale', 'rulebook', 'ui'])
  const queries = useQueryClient()
  const [edited, setEdited] = useState<InForce | null>(null)
  const query = useQuery({
    queryKey: ['rulebook', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/rulebook', { params: { path: { shop } }, signal }),
  })
  const all = query.data?.data ?? []
  const changed = () => queries.invalidateQueries({ queryKey: ['rulebook', shop] })
  return (
    <Sheet title={t('promises.title')} hint={t('promises.hint')}>
      <StateBlock
        state={stateOf(query, false)}
        skeleton="table"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <Part title={t('promises.address')}>
          <AddressPart shop={shop} all={all} onDone={changed} />
        </Part>
        <Part title={t('promises.deadlines')}>
          <Promises label={t('promises.deadlines')} rows={promised(all)} onEdit={setEdited} />
        </Part>
        <Part title={t('promises.answering')}>
          <Promises label={t('promises.answering')} rows={promised(all, ANSWERING)} onEdit={setEdited} />
        </Part>
      </StateBlock>
      {edited ? <PromiseDialog shop={shop} entry={edited} onDone={changed} onClose={() => setEdited(null)} /> : null}
    </Sheet>
  )
}

function Promises({ label, rows, onEdit }: { label: string; rows: readonly InForce[]; onEdit: (entry: InForce) => void }) {
  const { t } = useTranslation(['after_sale', 'rulebook', 'ui'])
  const columns: readonly Column<InForce>[] = [
    { id: 'name', title: t('rulebook:column.name'), render: ({ parameter }) => <PromiseName name={parameter.name} /> },
    {
      id: 'value',
      title: t('rulebook:column.value'),
      render: (one) => (
        <span>
          <strong>
            <Amount entry={one} value={one.value} />
          </strong>{' '}
          {one.source === 'shop' ? <Tag color="blue">{t('promises.own')}</Tag> : null}
          {one.next_from ? (
            <Tag color="warning">
              {t('rulebook:changes')} <RelativeTime at={one.next_from} />
            </Tag>
          ) : null}
        </span>
      ),
    },
    {
      id: 'better',
      title: t('promises.better'),
      render: ({ parameter }) => (parameter.better ? t(`promises.only_${parameter.better}`) : '–'),
    },
    { id: 'basis', title: t('rulebook:column.basis'), render: ({ parameter }) => <span className="x-quiet">{parameter.basis}</span> },
  ]
  return (
    <Rows
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ parameter }) => parameter.name}
      renderActions={(one) => (
        <Button size="small" onClick={() => onEdit(one)}>
          {t('ui:action.edit')}
        </Button>
      )}
    />
  )
}
