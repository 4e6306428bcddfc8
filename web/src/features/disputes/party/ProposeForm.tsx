import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { decimalString, fractionDigits, parseMoney } from '@/ui/money'
import { FormBox } from '../parts/FormBox'
import { type DisputeLine, type Outcome, type ProposalWish, WITH_MONEY } from '../parts/wire'

const SETTLES = ['partial', 'refund', 'return_and_refund', 'exchange', 'resend', 'compensate'] as const satisfies readonly Outcome[]

interface Props {
  one: Pick<DisputeLine, 'currency' | 'asked_minor'>
  onSend: (wish: ProposalWish) => Promise<void>
  onClose: () => void
}

/** What one would settle for. */
export function ProposeForm({ one, onSend, onClose }: Props) {
  const { t } = useTranslation('disputes')
  const [outcome, setOutcome] = useState<Outcome>('partial')
  const [amount, setAmount] = useState(one.asked_minor ? decimalString(BigInt(one.asked_minor), fractionDigits(one.currency)) : '')
  const [payer, setPayer] = useState<'buyer' | 'seller'>('seller')
  const [text, setText] = useState('')
  const paid = WITH_MONEY.has(outcome)
  const minor = paid ? parseMoney(amount, one.currency) : null
  const ready = !paid || (minor !== null && minor > 0)
  const send = () => onSend({ kind: 'settlement', outcome, amount_minor: minor, back_payer: payer, text: text.trim() })
  return (
    <FormBox title={t('deed.propose')} submit={t('deed.propose')} ready={ready} work={send} onClose={onClose}>
      <label>
        {t('page.outcome')}
        <select className="x-native" value={outcome} onChange={(event) => setOutcome(event.target.value as Outcome)}>
          {SETTLES.map((value) => (
            <option key={value} value={value}>
              {t(`outcome.${value}`)}
            </option>
          ))}
        </select>
      </label>
      {paid ? (
        <label>
          {t('page.amount')}
          <Input inputMode="decimal" autoComplete="off" suffix={one.currency} value={amount} onChange={(event) => setAmount(event.target.value)} />
        </label>
      ) : null}
      {outcome === 'return_and_refund' || outcome === 'exchange' ? (
        <label>
          {t('page.back_payer')}
          <select className="x-native" value={payer} onChange={(event) => setPayer(event.target.value as 'buyer')}>
            <option value="seller">{t('page.payer.seller')}</option>
            <option value="buyer">{t('page.payer.buyer')}</option>
          </select>
        </label>
      ) : null}
      <label>
        {t('page.words')}
        <Input.TextArea rows={2} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
    </FormBox>
  )
}
