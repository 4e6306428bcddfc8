import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useMemo, useState } from 'react'
import { api } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { FormDialog } from '@/ui/FormDialog'
import { formatMoney } from '@/ui/money'
import type { MyPoints } from '../wire'

interface ExchangeProps {
  mine: MyPoints
  /** What is asked again when points have become a coupon. */
  queryKey: readonly string[]
}

/** One's points, and the way to make a coupon of them. */
export function Exchange(props: ExchangeProps) {
  const { t } = useTranslation('compensation')
  const [open, setOpen] = useState(false)
  const { mine } = props
  return (
    <div className="x-deeds">
      <span>{t('points.have', { count: mine.points })}</span>
      {mine.points >= mine.exchange_least ? <Button onClick={() => setOpen(true)}>{t('exchange.do')}</Button> : null}
      {open ? <Dialog {...props} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function Dialog({ mine, queryKey, onClose }: ExchangeProps & { onClose: () => void }) {
  const { t } = useTranslation('compensation')
  const language = useLanguage()
  const queries = useQueryClient()
  const [points, setPoints] = useState(mine.points)
  // One number for one dialog: sent twice, it is one coupon.
  const id = useMemo(() => crypto.randomUUID(), [])
  const rate = t('exchange.rate', { least: mine.exchange_least })
  const right = (value: number) => Number.isInteger(value) && value >= mine.exchange_least && value <= mine.points
  const worth = formatMoney(Math.floor((points * mine.exchange_percent) / 100), mine.currency, language)
  return (
    <FormDialog<{ points: string }>
      title={t('exchange.do')}
      submit={t('exchange.do')}
      initial={{ points: String(mine.points) }}
      onSubmit={async (values) => {
        await api.POST('/public/v1/me/points/exchange', { body: { id, points: Number(values.points) } })
        announce(t('exchange.done'))
        await queries.invalidateQueries({ queryKey })
      }}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{rate}</p>
      <Form.Item
        name="points"
        label={t('exchange.points')}
        extra={right(points) ? t('exchange.worth', { sum: worth }) : t('points.have', { count: mine.points })}
        rules={[{ validator: async (_, value: string) => (right(Number(value)) ? undefined : Promise.reject(new Error(rate))) }]}
      >
        <Input inputMode="numeric" onChange={(event) => setPoints(Number(event.target.value))} />
      </Form.Item>
    </FormDialog>
  )
}
