import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { InForceLine } from './editor/InForceLine'
import type { TableLine, Tables } from './tables'

interface Props {
  shop: string | null
  label: string
  rows: readonly TableLine[]
  people: Tables['people']
}

/** The tables of one domain: what holds, what is coming, who changed it and why. */
export function TableRows({ shop, label, rows, people }: Props) {
  const { t } = useTranslation('rulebook')
  const columns: readonly Column<TableLine>[] = [
    {
      id: 'name',
      title: t('table.one'),
      render: ({ name, title }) => <Link to={shop === null ? `/rules/tables/${name}` : `/rules/${shop}/tables/${name}`}>{title}</Link>,
    },
    { id: 'state', title: t('table.in_force'), render: (line) => <InForceLine line={line} /> },
    {
      id: 'author',
      title: t('column.author'),
      render: (line) => (line.author ? <By name={people[line.author] ?? ''} reason={line.reason} at={line.since} /> : <Coming line={line} people={people} />),
    },
  ]
  return <Rows label={label} columns={columns} rows={rows} rowKey={({ name }) => name} />
}

function Coming({ line, people }: { line: TableLine; people: Tables['people'] }) {
  const next = line.coming[0]
  return next ? <By name={people[next.author] ?? ''} reason={next.reason} at={next.effective_from} /> : null
}

/** Who, when and why. */
export function By({ name, reason, at }: { name: string; reason: string; at: string | null }) {
  return (
    <span className="x-clip x-small">
      {name}
      {at ? (
        <>
          {' · '}
          <RelativeTime at={at} />
        </>
      ) : null}
      {reason ? ` · ${reason}` : ''}
    </span>
  )
}
