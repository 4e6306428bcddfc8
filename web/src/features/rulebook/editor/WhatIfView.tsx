import { Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { type Column, Rows } from '@/ui/Rows'
import { Trouble } from '@/ui/Trouble'
import { NOTHING, slices, together } from '../model/whatIf'
import { askWhatIf, type Grid, type Replayed } from '../tables'
import { useSaying } from './said'

const DAYS = 30
const EACH = 6
const SHOWN = 100

/** What the draft would have decided over the last month: counts for each row, and every difference. */
export function WhatIfView({ name, grid, proved }: { name: string; grid: Grid; proved: boolean }) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const say = useSaying()
  const [share, setShare] = useState<number | null>(null)
  const [found, setFound] = useState<{ grid: Grid; sum: Replayed } | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const run = async () => {
    const here = new AbortController()
    stop.current = here
    setTrouble(null)
    const parts = slices(new Date(), DAYS, EACH)
    let sum = NOTHING
    try {
      for (const [at, { since, until }] of parts.entries()) {
        setShare(Math.round((at / parts.length) * 100))
        sum = together(sum, (await askWhatIf(name, { grid }, since, until, here.signal)).summary)
        setFound({ grid, sum })
      }
      announce(t('what_if.sum', { decisions: sum.decisions, changed: sum.changed }))
    } catch (error) {
      if (!here.signal.aborted) setTrouble(error)
    } finally {
      setShare(null)
    }
  }
  const outcome = (cells: Replayed['differences'][number]['outcome_before']) =>
    grid.outputs
      .filter((output) => cells[output.name] !== undefined)
      .map((output) => `${say.label(output)}: ${say.cell(cells[output.name])}`)
      .join(' · ')
  const rows: readonly Column<Replayed['rows'][number]>[] = [
    { id: 'row', title: t('column.id'), render: ({ row }) => <code>{row}</code> },
    { id: 'before', title: t('what_if.before'), render: ({ before }) => before },
    { id: 'after', title: t('what_if.after'), render: ({ after }) => after },
  ]
  const lines: readonly Column<Replayed['differences'][number]>[] = [
    { id: 'case', title: t('what_if.case'), render: ({ inputs }) => say.facts(grid, inputs) },
    { id: 'count', title: t('what_if.count'), render: ({ count }) => count },
    { id: 'was', title: t('what_if.before'), render: (one) => <Answer row={one.row_before} text={outcome(one.outcome_before)} /> },
    { id: 'is', title: t('what_if.after'), render: (one) => <Answer row={one.row_after ?? '–'} text={one.fault ?? outcome(one.outcome_after)} /> },
  ]
  const sum = found?.grid === grid ? found.sum : null
  return (
    <>
      <p className="x-quiet">{t('what_if.hint', { days: DAYS })}</p>
      <div className="xr-tools">
        <Button type="primary" disabled={!proved || share !== null} onClick={() => void run()}>
          {t('what_if.run')}
        </Button>
        {share === null ? null : <Button onClick={() => stop.current?.abort()}>{t('ui:action.cancel')}</Button>}
        {proved ? null : <span>{t('publish.unproved')}</span>}
      </div>
      {share === null ? null : <Progress percent={share} aria-label={t('what_if.run')} />}
      {trouble ? <Trouble error={trouble} /> : null}
      {sum ? (
        <>
          <p>
            <strong>{t('what_if.sum', { decisions: sum.decisions, changed: sum.changed })}</strong>
          </p>
          {sum.rows.length > 0 ? <Rows label={t('what_if.rows')} columns={rows} rows={sum.rows} rowKey={({ row }) => row} /> : null}
          {sum.differences.length > 0 ? (
            <>
              <h3 style={{ margin: '16px 0 8px' }}>{t('what_if.differences')}</h3>
              <Rows label={t('what_if.differences')} columns={lines} rows={sum.differences.slice(0, SHOWN)} rowKey={(one) => JSON.stringify([one.inputs, one.row_before, one.outcome_before])} />
            </>
          ) : null}
        </>
      ) : null}
    </>
  )
}

function Answer({ row, text }: { row: string; text: string }) {
  return (
    <span>
      <code>{row}</code>
      <div className="x-small">{text}</div>
    </span>
  )
}
