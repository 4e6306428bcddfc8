import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import './sheet.css'

export interface Column<Row> {
  id: string
  /** Head of the column; on a phone it stands before the value. */
  title: string
  render: (row: Row) => ReactNode
}

export interface RowsProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Buttons at the end of a row. */
  renderActions?: (row: Row) => ReactNode
}

/** A short list as a table; on a phone each row is a card. Long lists are for VirtualList. */
export function Rows<Row>({ label, columns, rows, rowKey, renderActions }: RowsProps<Row>) {
  const { t } = useTranslation('ui')
  return (
    // Rows without deeds have nothing else to stand on, and a long list must be scrolled by keys, too.
    <table className="x-rows" aria-label={label} {...(renderActions ? {} : { tabIndex: 0 })}>
      <thead>
        <tr>
          {columns.map(({ id, title }) => (
            <th key={id} scope="col">
              {title}
            </th>
          ))}
          {renderActions ? (
            <th scope="col">
              <span className="x-heard">{t('deed.group')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ id, title, render }) => (
              <td key={id} data-label={title}>
                {render(row)}
              </td>
            ))}
            {renderActions ? (
              <td className="x-rows-end">
                <div className="x-actions">{renderActions(row)}</div>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
