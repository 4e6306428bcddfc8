import { CloseOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { Panes } from '@/ui/Matter'
import { Sheet } from '@/ui/Sheet'
import { useServerNow } from '@/ui/serverClock'
import { AppealPanel } from './AppealPanel'
import { AppealList, SampleList } from './Lists'
import { OpenSample, OverSample } from './SamplePanel'
import { draw } from './wire'
import './grading.css'

const PARTS = ['work', 'over', 'appeals'] as const
type PartName = (typeof PARTS)[number]
const DAY_MS = 86_400_000
const WEEK_DAYS = 7

interface Props {
  /** The shop whose work is shown; null: the work of all shops. */
  shop: string | null
  part: string | undefined
  /** What is open, and whose it is. */
  open: { shop: string; id: string } | null
  /** Where a part, or something of it, has its address. */
  address: (part: string, open?: { shop: string; id: string }) => string
}

/** The graders' work: talks to read and grade blind, what is over, and appeals against scores. */
export default function GradingPage({ shop, part, open, address }: Props) {
  const { t } = useTranslation('grading')
  const navigate = useNavigate()
  const [drawing, setDrawing] = useState(false)
  const chosen: PartName = PARTS.find((one) => one === part) ?? 'work'
  const back = () => void navigate(address(chosen))
  const to = (ofShop: string, id: string) => address(chosen, { shop: ofShop, id })
  const list = (
    <Sheet
      title={t('title')}
      hint={t('hint')}
      extra={
        <>
          <Segmented aria-label={t('title')} value={chosen} options={PARTS.map((one) => ({ value: one, label: t(`part.${one}`) }))} onChange={(one) => void navigate(address(one))} />
          {shop === null ? null : <Button onClick={() => setDrawing(true)}>{t('draw.title')}</Button>}
        </>
      }
    >
      {chosen === 'appeals' ? <AppealList shop={shop} to={to} /> : <SampleList key={chosen} shop={shop} over={chosen === 'over'} to={to} />}
      {drawing && shop !== null ? <DrawDialog shop={shop} onClose={() => setDrawing(false)} /> : null}
    </Sheet>
  )
  return (
    <Panes open={open !== null} list={list} label={t(`part.${chosen}`)}>
      {open ? (
        <div className="gr-panel" key={open.id}>
          <Button className="gr-close" type="text" icon={<CloseOutlined />} aria-label={t('close')} onClick={back} />
          {chosen === 'appeals' ? <AppealPanel shop={open.shop} id={open.id} onDone={back} /> : null}
          {chosen === 'over' ? <OverSample shop={open.shop} id={open.id} /> : null}
          {chosen === 'work' ? <OpenSample shop={open.shop} id={open.id} onDone={back} /> : null}
        </div>
      ) : null}
    </Panes>
  )
}

/** Draw talks of some days; the seed is the server's. */
function DrawDialog({ shop, onClose }: { shop: string; onClose: () => void }) {
  const { t } = useTranslation('grading')
  const queries = useQueryClient()
  const now = useServerNow()
  const day = (back: number) => new Date(now() - back * DAY_MS).toISOString().slice(0, 10)
  const send = async ({ from, to }: { from: string; to: string }) => {
    await draw(shop, { from: `${from}T00:00:00Z`, to: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS).toISOString() })
    await queries.invalidateQueries({ queryKey: ['grading', 'list'] })
  }
  return (
    <FormDialog<{ from: string; to: string }> title={t('draw.title')} submit={t('draw.submit')} initial={{ from: day(WEEK_DAYS), to: day(0) }} onSubmit={send} onClose={onClose}>
      <p className="x-dim">{t('draw.hint')}</p>
      <Form.Item name="from" label={t('draw.from')} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="to" label={t('draw.to')} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  )
}
