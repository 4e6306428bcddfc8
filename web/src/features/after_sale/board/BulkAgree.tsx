import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import { Button, Modal, Progress } from 'antd'
import { useRef, useState } from 'react'
import { asRefusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { formatMoney } from '@/ui/money'
import type { CaseLine } from '../parts/wire'
import { paysAtOnce } from '../shop/amounts'
import { type Agreed, agreeMany } from '../shop/server'
import { portions } from './board'

const PORTION = 10

interface Props {
  shop: string
  lines: readonly CaseLine[]
  onDone: () => void
  onReload: () => void
  onClose: () => void
}

/** Agreeing to many cases: what it comes to, how far it is, and what became of each. */
export default function BulkAgree({ shop, lines: given, onDone, onReload, onClose }: Props) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const language = useLanguage()
  // What was chosen when the dialog opened; the board goes on moving underneath.
  const [lines] = useState(given)
  const [answers, setAnswers] = useState<readonly Agreed[]>([])
  const [phase, setPhase] = useState<'ask' | 'run' | 'over'>('ask')
  const stopped = useRef(false)
  const go = async () => {
    setPhase('run')
    let agreed = 0
    for (const portion of portions(lines, PORTION)) {
      if (stopped.current) break
      const part = await agreePortion(shop, portion)
      agreed += part.filter((one) => one.agreed).length
      setAnswers((before) => [...before, ...part])
    }
    setPhase('over')
    announce(t('bulk.agreed', { count: agreed }))
    onDone()
  }
  const close = () => {
    stopped.current = true
    if (answers.length > 0) onReload()
    onClose()
  }
  const agreed = answers.filter((one) => one.agreed).length
  return (
    <Modal open title={t('board.agree', { count: lines.length })} mask={{ closable: false }} onCancel={close} footer={<Foot phase={phase} onGo={() => void go()} onClose={close} count={lines.length} />}>
      {phase === 'ask' ? (
        <p>{t('bulk.then', { sum: sums(lines, language) || '—', count: lines.length })}</p>
      ) : (
        <>
          <Progress percent={Math.round((answers.length / lines.length) * 100)} status={phase === 'run' ? 'active' : agreed < answers.length ? 'exception' : 'success'} aria-label={t('bulk.progress')} />
          <p aria-live="polite">{t('bulk.so_far', { agreed, refused: answers.length - agreed, left: lines.length - answers.length })}</p>
          <ul className="as-bulk">
            {answers.map((one) => (
              <Answered key={one.case} one={one} line={lines.find(({ id }) => id === one.case)} />
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}

/** A portion that was lost on its way is told at each of its cases; asking again does no harm. */
async function agreePortion(shop: string, portion: readonly CaseLine[]): Promise<Agreed[]> {
  try {
    return await agreeMany(shop, portion.map(({ id }) => id))
  } catch (error) {
    const { code, message } = asRefusal(error)
    return portion.map(({ id }) => ({ case: id, agreed: false, state: null, code, message }))
  }
}

function Answered({ one, line }: { one: Agreed; line: CaseLine | undefined }) {
  const { t } = useTranslation('after_sale')
  const Icon = one.agreed ? CheckCircleOutlined : CloseCircleOutlined
  return (
    <li data-agreed={one.agreed}>
      <Icon aria-hidden /> {line ? `${t(`kind.${line.kind}`)} · ${line.buyer_name} · ${line.order_number}` : one.case}
      <div className="as-quiet">{one.agreed ? (one.state ? t(`state.${one.state}`) : '') : (one.message ?? one.code)}</div>
    </li>
  )
}

function Foot({ phase, onGo, onClose, count }: { phase: 'ask' | 'run' | 'over'; onGo: () => void; onClose: () => void; count: number }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  if (phase !== 'ask') return <Button onClick={onClose}>{phase === 'run' ? t('bulk.stop') : t('ui:action.close')}</Button>
  return (
    <>
      <Button onClick={onClose}>{t('ui:action.cancel')}</Button>
      <Button type="primary" onClick={onGo}>
        {t('board.agree', { count })}
      </Button>
    </>
  )
}

/** What is paid at once, by currency. */
function sums(lines: readonly CaseLine[], language: string): string {
  const totals = new Map<string, number>()
  for (const line of lines) if (paysAtOnce(line.kind)) totals.set(line.currency, (totals.get(line.currency) ?? 0) + line.refund_minor)
  return [...totals].map(([currency, minor]) => formatMoney(minor, currency, language)).join(' + ')
}
