import { Button, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { differences } from '../model/diff'
import { getVersion, type TableVersion, useTableHistory } from '../tables'
import { DiffView } from './DiffView'

/** Every version with its author and reason, and the difference between any two. */
export function HistoryView({ name }: { name: string }) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const history = useTableHistory(name)
  const [pair, setPair] = useState<readonly [number, number] | null>(null)
  const columns: readonly Column<TableVersion>[] = [
    { id: 'version', title: t('column.version'), render: ({ version }) => version },
    { id: 'author', title: t('column.author'), render: ({ author_name }) => author_name },
    { id: 'from', title: t('effective_from'), render: ({ effective_from }) => <RelativeTime at={effective_from} /> },
    { id: 'reason', title: t('reason'), render: ({ reason, text }) => (text === null ? `${reason} (${t('level_above')})` : reason) },
  ]
  const versions = [...history.items.filter(({ text }) => text !== null).map(({ version }) => version), 0]
  const options = versions.map((value) => ({ value, label: value === 0 ? t('version.shipped') : t('version.number', { version: value }) }))
  const chosen = pair ?? [versions[1] ?? 0, versions[0] ?? 0]
  return (
    <StateBlock
      state={stateOf(history, history.items.length === 0)}
      skeleton="list"
      title={t('never_changed')}
      error={history.isError ? asRefusal(history.error) : null}
      onRetry={history.refetch}
    >
      <Rows
        label={t('history')}
        columns={columns}
        rows={history.items}
        rowKey={({ version }) => String(version)}
        renderActions={({ version, text }) =>
          text === null ? null : (
            <Button size="small" onClick={() => setPair([versions.find((one) => one < version) ?? 0, version])}>
              {t('diff.show')}
            </Button>
          )
        }
      />
      <MoreRows pages={history} />
      <div className="xr-tools" style={{ marginTop: 16 }}>
        <Select aria-label={t('diff.from')} value={chosen[0]} options={options} onChange={(from: number) => setPair([from, chosen[1]])} style={{ minWidth: 160 }} />
        <span aria-hidden>→</span>
        <Select aria-label={t('diff.to')} value={chosen[1]} options={options} onChange={(to: number) => setPair([chosen[0], to])} style={{ minWidth: 160 }} />
      </div>
      <Between name={name} from={chosen[0]} to={chosen[1]} />
    </StateBlock>
  )
}

function Between({ name, from, to }: { name: string; from: number; to: number }) {
  const query = useQuery({
    queryKey: ['tables', null, name, 'between', from, to],
    queryFn: async () => {
      const [before, after] = await Promise.all([getVersion(name, from), getVersion(name, to)])
      return { grid: after.grid, diff: differences(before.grid, after.grid) }
    },
  })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? <DiffView {...query.data} /> : null}
    </StateBlock>
  )
}
