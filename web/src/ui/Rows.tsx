import type { ReactNode } from 'react'
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
  actions?: (row: Row) => ReactNode
}

/** A short list as a table; on a phone each row is a card. Long lists are for VirtualList. */
export function Rows<Row>({ label, columns, rows, rowKey, actions }: RowsProps<Row>) {
  return (
    <table className="x-rows" aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ id, title }) => (
            <th key={id} scope="col">
              {title}
            </th>
          ))}
          {actions ? <td /> : null}
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
            {actions ? (
              <td className="x-rows-end">
                <div className="x-actions">{actions(row)}</div>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
