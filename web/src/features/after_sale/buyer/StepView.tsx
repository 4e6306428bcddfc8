import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { decimalString, formatMoney, fractionDigits, parseMoney } from '@/ui/money'
import type { Kind } from '../parts/wire'
import { Choices } from './Choices'
import type { Change } from '@/ui/useKept'
import { LinesField } from './LinesField'
import { PhotoField } from './Photos'
import type { Order } from './server'
import { CONDITIONS, type Condition, type Draft, kindsFor, reasonsFor, withKind } from './wizard'

interface Props {
  draft: Draft
  order: Order
  onChange: (change: Change<Draft>) => void
}

const FIRST = 5

/** The question of one step. */
export function StepView(props: Props) {
  switch (props.draft.step) {
    case 'kind':
      return <KindStep {...props} />
    case 'lines':
      return <LinesField {...props} />
    case 'reason':
      return <ReasonStep {...props} />
    case 'condition':
      return <ConditionStep {...props} />
    case 'amount':
      return <AmountStep {...props} />
    case 'send':
      return <SendStep {...props} />
  }
}

function KindStep({ draft, order, onChange }: Props) {
  const { t } = useTranslation('after_sale')
  const kinds = kindsFor(order)
  const [all, setAll] = useState(draft.kind !== null && kinds.indexOf(draft.kind) >= FIRST)
  const shown = all ? kinds : kinds.slice(0, FIRST)
  return (
    <>
      <Choices<Kind>
        hideLegend
        legend={t('wish.question.kind')}
        value={draft.kind}
        choices={shown.map((kind) => ({ value: kind, label: t(`kind.${kind}`), hint: t(`wish.kind_hint.${kind}`) }))}
        onChange={(kind) => onChange(withKind(draft, kind, order))}
      />
      {all || kinds.length <= FIRST ? null : (
        <Button type="link" onClick={() => setAll(true)}>
          {t('wish.more_kinds')}
        </Button>
      )}
    </>
  )
}

function ReasonStep({ draft, onChange }: Props) {
  const { t } = useTranslation('after_sale')
  return (
    <Choices
      hideLegend
      legend={t('wish.question.reason')}
      value={draft.reason}
      choices={reasonsFor(draft).map((reason) => ({ value: reason, label: t(`reason.${reason}` as 'reason.quality') }))}
      onChange={(reason) => onChange({ ...draft, reason })}
    />
  )
}

function ConditionStep({ draft, onChange }: Props) {
  const { t } = useTranslation('after_sale')
  return (
    <Choices<Condition>
      hideLegend
      legend={t('wish.question.condition')}
      value={draft.condition}
      choices={CONDITIONS.map((one) => ({ value: one, label: t(`condition.${one}`) }))}
      onChange={(condition) => onChange({ ...draft, condition })}
    />
  )
}

function AmountStep({ draft, order, onChange }: Props) {
  const { t, i18n } = useTranslation('after_sale')
  const { amountMinor } = draft
  const [text, setText] = useState(amountMinor === null ? '' : decimalString(BigInt(amountMinor), fractionDigits(order.currency)))
  const bad = text.trim() !== '' && (amountMinor === null || amountMinor <= 0)
  const most = order.paid_minor - order.refunded_minor
  return (
    <div className="ab-field">
      <label htmlFor="ab-amount">{t('wish.amount', { most: formatMoney(most, order.currency, i18n.language) })}</label>
      <Input
        id="ab-amount"
        size="large"
        inputMode="decimal"
        autoComplete="off"
        prefix={order.currency}
        value={text}
        aria-invalid={bad}
        aria-describedby={bad ? 'ab-amount-bad' : undefined}
        onChange={(event) => {
          setText(event.target.value)
          onChange({ ...draft, amountMinor: parseMoney(event.target.value, order.currency) })
        }}
      />
      {bad ? (
        <p id="ab-amount-bad" className="ab-bad">
          {t('wish.amount_bad')}
        </p>
      ) : null}
    </div>
  )
}

function SendStep({ draft, order, onChange }: Props) {
  const { t } = useTranslation('after_sale')
  return (
    <>
      <div className="ab-field">
        <label htmlFor="ab-text">{t('wish.text')}</label>
        <Input.TextArea
          id="ab-text"
          rows={3}
          maxLength={2_000}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      </div>
      <PhotoField
        shop={order.shop_id}
        files={draft.files}
        onChange={(change) => onChange((now) => ({ ...now, files: change(now.files) }))}
      />
    </>
  )
}
