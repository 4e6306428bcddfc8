import { Alert } from 'antd'
import { useTranslation } from '@/i18n/react'
import { type Column, Rows } from '@/ui/Rows'
import { Part } from '@/ui/Sheet'
import type { Summary } from './upload'

type Fault = Summary['errors'][number]

/** What became of the file, and each row that did not go in. */
export function Outcome({ summary }: { summary: Summary }) {
  const { t } = useTranslation('orders')
  const tiles = [
    [t('import.rows'), summary.rows],
    [t('import.created'), summary.created],
    [t('import.updated'), summary.updated],
    [t('import.unchanged'), summary.unchanged],
    [t('import.failed'), summary.failed],
  ] as const
  const columns: readonly Column<Fault>[] = [
    { id: 'line', title: t('import.line'), render: (fault) => fault.line },
    { id: 'kind', title: t('import.kind'), render: (fault) => fault.kind ?? '–' },
    { id: 'field', title: t('import.field'), render: (fault) => fault.field ?? '–' },
    { id: 'message', title: t('import.fault'), render: (fault) => fault.message },
  ]
  const unknown = Object.entries(summary.unknown_fields)
  return (
    <Part title={t('import.outcome')}>
      <dl className="x-tiles">
        {tiles.map(([name, figure]) => (
          <div key={name} className="x-tile">
            <dt>{name}</dt>
            <dd className="x-figures">{figure}</dd>
          </div>
        ))}
      </dl>
      {unknown.length > 0 ? (
        <Alert type="warning" showIcon title={t('import.unknown', { fields: unknown.map(([field, times]) => `${field} × ${times}`).join(', ') })} />
      ) : null}
      {summary.errors.length > 0 ? (
        <Rows label={t('import.faults')} columns={columns} rows={summary.errors} rowKey={(fault) => `${fault.line} ${fault.code} ${fault.field}`} />
      ) : null}
      {summary.errors_left_out > 0 ? <p className="x-quiet">{t('import.left_out', { number: summary.errors_left_out })}</p> : null}
    </Part>
  )
}
