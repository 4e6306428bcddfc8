import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { decimalString, fractionDigits, parseMoney } from '@/ui/money'
import { Trouble } from '@/ui/Trouble'
import { useKept } from '@/ui/useKept'
import { useSend } from '@/ui/useSend'
import type { CaseWhole } from '../parts/wire'
import { Choices } from './Choices'
import { PhotoField } from './Photos'
import { deeds, type Given } from './server'

export interface DeedFormProps {
  whole: CaseWhole
  /** Given the deed under way; throws what the server says. */
  onSend: (work: Promise<CaseWhole>) => Promise<void>
  onClose: () => void
}

interface Words {
  text: string
  files: readonly Given[]
}

type Deed = 'ask' | 'send_back' | 'call_people' | 'answer_follow_up'

const noWords = (): Words => ({ text: '', files: [] })

/** The frame of every form: sends once, keeps what was typed until it has been taken, says what went wrong. */
function Frame(props: { deed: Deed; title?: string; submit: string; ready: boolean; work: () => Promise<CaseWhole>; onSent: () => void; children: ReactNode } & Omit<DeedFormProps, 'whole'>) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const { busy, trouble, send } = useSend(async () => {
    await props.onSend(props.work())
    props.onSent()
  })
  return (
    <form
      className="ab-card"
      onSubmit={(event) => {
        event.preventDefault()
        if (props.ready) void send()
      }}
    >
      <h2>{props.title ?? t(`deed.${props.deed}`)}</h2>
      {props.children}
      {trouble ? (
        <div className="ab-notice">
          <Trouble error={trouble} />
          <p className="as-quiet">{t('wish.kept')}</p>
        </div>
      ) : null}
      <div className="ab-bar">
        <Button size="large" onClick={props.onClose}>
          {t('ui:action.cancel')}
        </Button>
        <Button size="large" type="primary" htmlType="submit" loading={busy} disabled={!props.ready}>
          {props.submit}
        </Button>
      </div>
    </form>
  )
}

function useWords<Value extends Words>(whole: CaseWhole, deed: string, fresh: () => Value) {
  const [value, setValue, forget] = useKept<Value>(`deed.${whole.id}.${deed}`, fresh)
  const change = (next: Partial<Value>) => setValue((now) => ({ ...now, ...next }))
  const fields = (
    <>
      <div className="ab-field">
        <TextLabel />
        <Input.TextArea id="ab-deed-text" rows={3} maxLength={2_000} value={value.text} onChange={(event) => change({ text: event.target.value } as Partial<Value>)} />
      </div>
      <PhotoField shop={whole.shop_id} files={value.files} onChange={(how) => setValue((now) => ({ ...now, files: how(now.files) }))} />
    </>
  )
  return { value, change, forget, fields, files: value.files.map((file) => file.id) }
}

function TextLabel() {
  const { t } = useTranslation('after_sale')
  return <label htmlFor="ab-deed-text">{t('wish.text')}</label>
}

/** Ask for something else, or another sum: a counter-offer. */
export function AskForm({ whole, ...frame }: DeedFormProps) {
  const { t } = useTranslation('after_sale')
  const { value, change, forget, fields, files } = useWords(whole, 'ask', () => ({ ...noWords(), amount: '' }))
  const minor = value.amount.trim() === '' ? null : parseMoney(value.amount, whole.currency)
  const bad = value.amount.trim() !== '' && (minor === null || minor <= 0)
  const asked = decimalString(BigInt(whole.asked_minor), fractionDigits(whole.currency))
  return (
    <Frame
      {...frame}
      deed="ask"
      submit={t('wish.send')}
      ready={!bad}
      work={() => deeds.ask(whole.id, { text: value.text.trim(), files, ...(minor === null ? {} : { asked_minor: minor }) })}
      onSent={forget}
    >
      <div className="ab-field">
        <label htmlFor="ab-ask">{t('case.ask_amount')}</label>
        <Input
          id="ab-ask"
          size="large"
          inputMode="decimal"
          autoComplete="off"
          prefix={whole.currency}
          placeholder={asked}
          aria-invalid={bad}
          value={value.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />
        {bad ? <p className="ab-bad">{t('wish.amount_bad')}</p> : null}
      </div>
      {fields}
    </Frame>
  )
}

/** Which parcel the goods go back with. */
export function SendBackForm({ whole, ...frame }: DeedFormProps) {
  const { t } = useTranslation('after_sale')
  const { value, change, forget, fields, files } = useWords(whole, 'send_back', () => ({ ...noWords(), carrier: '', number: '', freight: '' }))
  const freight = value.freight.trim() === '' ? 0 : parseMoney(value.freight, whole.currency)
  const bad = freight === null || freight < 0
  return (
    <Frame
      {...frame}
      deed="send_back"
      submit={t('wish.send')}
      ready={value.carrier.trim() !== '' && value.number.trim() !== '' && !bad}
      work={() =>
        deeds.sendBack(whole.id, { carrier: value.carrier.trim(), number: value.number.trim(), way: 'courier', freight_minor: freight ?? 0, text: value.text.trim(), files })
      }
      onSent={forget}
    >
      <div className="ab-field">
        <label htmlFor="ab-carrier">{t('case.carrier')}</label>
        <Input id="ab-carrier" size="large" maxLength={100} value={value.carrier} onChange={(event) => change({ carrier: event.target.value })} />
      </div>
      <div className="ab-field">
        <label htmlFor="ab-number">{t('case.number')}</label>
        <Input id="ab-number" size="large" maxLength={100} autoComplete="off" value={value.number} onChange={(event) => change({ number: event.target.value })} />
      </div>
      <div className="ab-field">
        <label htmlFor="ab-freight">{t('case.freight')}</label>
        <Input id="ab-freight" size="large" inputMode="decimal" autoComplete="off" prefix={whole.currency} aria-invalid={bad} value={value.freight} onChange={(event) => change({ freight: event.target.value })} />
        {bad ? <p className="ab-bad">{t('wish.amount_bad')}</p> : null}
      </div>
      {fields}
    </Frame>
  )
}

/** Ask people of the marketplace to decide. */
export function PeopleForm({ whole, ...frame }: DeedFormProps) {
  const { t } = useTranslation('after_sale')
  const { value, forget, fields, files } = useWords(whole, 'call_people', noWords)
  return (
    <Frame {...frame} deed="call_people" submit={t('deed.call_people')} ready work={() => deeds.callPeople(whole.id, { text: value.text.trim(), files })} onSent={forget}>
      <p>{t('case.people_then')}</p>
      {fields}
    </Frame>
  )
}

/** Is it settled? "No" opens the way on. */
export function FollowUpForm({ whole, ...frame }: DeedFormProps) {
  const { t } = useTranslation('after_sale')
  const [settled, setSettled] = useState<'yes' | 'no' | null>(null)
  const { value, change, forget } = useWords(whole, 'follow_up', noWords)
  return (
    <Frame
      {...frame}
      deed="answer_follow_up"
      title={t('case.settled_question')}
      submit={t('wish.send')}
      ready={settled !== null}
      work={() => deeds.followUp(whole.id, { settled: settled === 'yes', text: value.text.trim() })}
      onSent={forget}
    >
      <Choices
        hideLegend
        legend={t('case.settled_question')}
        value={settled}
        onChange={setSettled}
        choices={[
          { value: 'yes', label: t('case.settled_yes') },
          { value: 'no', label: t('case.settled_no'), hint: t('case.settled_no_hint') },
        ]}
      />
      {settled === 'no' ? (
        <div className="ab-field">
          <TextLabel />
          <Input.TextArea id="ab-deed-text" rows={3} maxLength={2_000} value={value.text} onChange={(event) => change({ text: event.target.value })} />
        </div>
      ) : null}
    </Frame>
  )
}
