import { Button } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { bandInputs } from '../model/bands'
import { duplicateRow, freshRow, insertRow, moveRow, removeRow, rowForCase } from '../model/grid'
import type { Facts, TableWhole } from '../tables'
import { BandsDialog } from './BandsDialog'
import { CellDialog } from './CellDialog'
import { DiffView } from './DiffView'
import { Flaws } from './Flaws'
import { columnsOf, GridView, type Place } from './GridView'
import { HistoryView } from './HistoryView'
import { TextView } from './TextView'
import { TryView } from './TryView'
import type { DraftState } from './useDraft'
import { WhatIfView } from './WhatIfView'

const VIEWS = ['grid', 'text', 'difference', 'what_if', 'try', 'history'] as const
type View = (typeof VIEWS)[number]

/** Which view is open stands in the address, so that one can send it to a colleague. */
export function useReading() {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('view')
  const view: View = VIEWS.find((one) => one === asked) ?? 'grid'
  return { view, setView: (next: View) => setSearch(next === 'grid' ? {} : { view: next }, { replace: true }) }
}

interface Props {
  shop: string | null
  held: TableWhole
  draft: DraftState
  editable: boolean
  reading: ReturnType<typeof useReading>
}

export function Views({ shop, held, draft, editable, reading }: Props) {
  const { t } = useTranslation('rulebook')
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 })
  const [opened, setOpened] = useState<Place | null>(null)
  const [banding, setBanding] = useState(false)
  const { grid } = draft
  const { name } = held.line
  const show = (row: string) => {
    reading.setView('grid')
    const at = grid.rows.findIndex(({ id }) => id === row)
    if (at >= 0) focusRow(at, setPlace)
  }
  const addFor = (example: Facts) => {
    draft.change(insertRow(grid, rowForCase(grid, example), grid.rows.length))
    announce(t('proof.added'))
    focusRow(grid.rows.length, setPlace)
  }
  const move = (by: -1 | 1) => {
    draft.change(moveRow(grid, place.row, by))
    focusRow(Math.max(0, Math.min(grid.rows.length - 1, place.row + by)), setPlace)
  }
  const removeAt = (at: number) => {
    draft.change(removeRow(grid, at))
    setPlace({ ...place, row: Math.max(0, Math.min(at, grid.rows.length - 2)) })
  }
  const flawed = new Set(draft.last?.flaws.flatMap(({ rows }) => rows) ?? [])
  const changed = new Set(draft.diff.rows.map(({ row }) => row))
  const column = opened ? columnsOf(grid)[opened.column] : undefined
  const row = grid.rows[place.row]
  const views: Record<View, React.ReactNode> = {
    grid: (
      <>
        {editable ? (
          <>
            <div className="xr-tools" role="toolbar" aria-label={t('row.tools')}>
              <Button size="small" onClick={() => setOpened(place)}>{t('row.edit')}</Button>
              <Button size="small" onClick={() => draft.change(insertRow(grid, freshRow(grid, row), place.row + 1))}>{t('row.add')}</Button>
              <Button size="small" onClick={() => draft.change(duplicateRow(grid, place.row))}>{t('row.duplicate')}</Button>
              <Button size="small" disabled={place.row === 0} onClick={() => move(-1)}>{t('row.up')}</Button>
              <Button size="small" disabled={place.row >= grid.rows.length - 1} onClick={() => move(1)}>{t('row.down')}</Button>
              <Button size="small" danger disabled={grid.rows.length < 2} onClick={() => removeAt(place.row)}>{t('row.remove')}</Button>
              {bandInputs(grid).length > 0 ? <Button size="small" onClick={() => setBanding(true)}>{t('bands.open')}</Button> : null}
              <Button size="small" disabled={!draft.mayUndo} onClick={draft.undo}>{t('row.undo')}</Button>
              <span className="x-small">{t('row.chosen', { row: row?.id ?? '–' })}</span>
            </div>
            <Flaws draft={draft} onGo={show} onAdd={addFor} />
          </>
        ) : null}
        <GridView
          grid={grid}
          label={held.line.title}
          place={place}
          onPlace={setPlace}
          flawed={flawed}
          changed={changed}
          {...(editable ? { onChange: draft.change, onOpen: setOpened, onMove: move } : {})}
        />
        <p className="x-quiet x-small">{t(editable ? 'grid.keys' : 'grid.keys_reading')}</p>
      </>
    ),
    text: <TextView name={name} draft={draft} text={held.text} editable={editable} />,
    difference: <DiffView grid={grid} diff={draft.diff} />,
    what_if: <WhatIfView name={name} grid={grid} proved={draft.checked?.proved ?? false} />,
    try: <TryView shop={shop} name={name} grid={grid} dirty={draft.dirty} onGo={show} />,
    history: <HistoryView name={name} />,
  }
  const shown = VIEWS.filter((view) => editable || ['grid', 'text', 'try'].includes(view) || (view === 'history' && shop === null))
  const open = shown.includes(reading.view) ? reading.view : 'grid'
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = shown[(shown.indexOf(open) + by + shown.length) % shown.length]
    if (by === 0 || !next) return
    reading.setView(next)
    document.querySelector<HTMLElement>(`#xr-tab-${next}`)?.focus()
  }
  return (
    <>
      <div className="xr-tools" role="tablist" aria-label={held.line.title} tabIndex={-1} onKeyDown={step}>
        {shown.map((view) => (
          <Button
            key={view}
            id={`xr-tab-${view}`}
            role="tab"
            type={view === open ? 'primary' : 'text'}
            aria-selected={view === open}
            aria-controls="xr-view"
            tabIndex={view === open ? 0 : -1}
            onClick={() => reading.setView(view)}
          >
            {t(`view.${view}`)}
          </Button>
        ))}
      </div>
      <div id="xr-view" role="tabpanel" aria-labelledby={`xr-tab-${open}`}>
        {views[open]}
      </div>
      {banding ? <BandsDialog draft={draft} onClose={() => setBanding(false)} /> : null}
      {opened && column ? <CellDialog key={`${opened.row}.${opened.column}`} grid={grid} at={opened.row} column={column} onChange={draft.change} onClose={() => setOpened(null)} /> : null}
    </>
  )
}

/** The row is chosen and its first cell has the focus as soon as it is drawn. */
function focusRow(row: number, setPlace: (place: Place) => void): void {
  setPlace({ row, column: 0 })
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-cell="${row}.0"]`)?.focus())
}
