import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import { useKept } from '@/ui/useKept'
import { useSending } from '@/ui/useSend'
import { EvidenceField } from './EvidenceField'
import { type Given, PhotoField } from './PhotoField'
import { QuoteBox } from './QuoteBox'
import type { Doors, Quote, TypeShown, Whole, Wish } from './wire'

const DANGERS = ['none', 'safety', 'food_poisoning', 'threat_to_life'] as const

export interface About {
  shop?: string
  buyer?: string
  purchase?: string
  conversation?: string
  prepared?: string
  type?: string
  text?: string
  items?: readonly { id: string; title: string }[]
}

interface Draft {
  type: string
  text: string
  asks: string[]
  items: string[]
  danger: (typeof DANGERS)[number]
  evidence: string[]
  files: readonly Given[]
  /** So that what is sent twice is lodged once. */
  client: string
}

/** What is being written stays for this visit, one draft for each matter. */
function keyOf(doors: Doors, { shop, buyer, purchase, conversation, prepared }: About): string {
  return ['complaint', ...doors.key, prepared, shop, buyer, purchase ?? conversation].filter(Boolean).join('.')
}

interface Props {
  doors: Doors
  about: About
  onSent: (whole: Whole) => void
}

/** What happened, which product, which messages, photos, and what is asked; what becomes of it is said before. */
export function ComplainForm({ doors, about, onSent }: Props) {
  const types = useQuery({ queryKey: [...doors.key, 'types'], queryFn: ({ signal }) => doors.types(signal) })
  return (
    <StateBlock state={stateOf(types, false)} skeleton="card" error={types.isError ? asRefusal(types.error) : null} onRetry={() => void types.refetch()}>
      {types.data ? <Fields doors={doors} about={about} types={types.data} onSent={onSent} /> : null}
    </StateBlock>
  )
}

function Fields({ doors, about, types, onSent }: Props & { types: readonly TypeShown[] }) {
  const { t } = useTranslation(['complaints', 'ui'])
  const [draft, setDraft, forget] = useKept<Draft>(keyOf(doors, about), () => ({
    type: about.type ?? types[0]?.type ?? '',
    text: about.text ?? '',
    asks: [],
    items: [],
    danger: 'none',
    evidence: [],
    files: [],
    client: crypto.randomUUID(),
  }))
  const { type, text, asks, items, danger, evidence, files, client } = draft
  const [quote, setQuote] = useState<Quote | null>(null)
  const { busy, trouble, send: act } = useSending()
  const chosen = types.find((one) => one.type === type)
  const wish = (): Wish => {
    const { shop, buyer, purchase, conversation, prepared } = about
    const asked = asks.filter((ask) => chosen?.asks.includes(ask)) as NonNullable<Wish['asks']>
    const named = { ...(shop ? { shop } : {}), ...(buyer ? { buyer } : {}), ...(purchase ? { purchase } : {}), ...(conversation ? { conversation } : {}), ...(prepared ? { prepared } : {}) }
    return { type, text: text.trim(), asks: asked, items, danger, evidence, files: files.map((file) => file.id), client_id: client, ...named }
  }
  const look = () => act(async () => setQuote(await doors.quote({ ...wish(), files: [], evidence })))
  const send = () => act(async () => {
      const whole = await doors.lodge(wish())
      forget()
      onSent(whole)
    })
  const change = (next: Partial<Draft>) => {
    setQuote(null)
    setDraft((now) => ({ ...now, ...next }))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void (quote ? send() : look())
      }}
    >
      <div className="cp-field">
        <label htmlFor="cp-type">{t('form.type')}</label>
        <select id="cp-type" className="cp-select" value={type} onChange={(event) => change({ type: event.target.value })}>
          {types.map((one) => (
            <option key={one.type} value={one.type}>
              {t(`type.${one.type}` as 'type.abuse')}
            </option>
          ))}
        </select>
        {chosen ? <p className="cp-quiet">{t(`needs.${chosen.needs}` as 'needs.number')}</p> : null}
      </div>
      {about.items && about.items.length > 0 ? (
        <Checks legend={t('form.items')} options={about.items.map(({ id, title }) => ({ value: id, label: title }))} value={items} onChange={(value) => change({ items: value })} />
      ) : null}
      <div className="cp-field">
        <label htmlFor="cp-text">{t('form.text')}</label>
        <Input.TextArea id="cp-text" rows={5} maxLength={4_000} value={text} onChange={(event) => change({ text: event.target.value })} />
      </div>
      <EvidenceField doors={doors} conversation={about.conversation ?? null} reason={text} numbers={evidence} onChange={(value) => change({ evidence: value })} />
      {about.conversation ? <PhotoField doors={doors} conversation={about.conversation} files={files} onChange={(added) => setDraft((now) => ({ ...now, files: added(now.files) }))} /> : null}
      {chosen ? (
        <Checks legend={t('form.asks')} options={chosen.asks.map((ask) => ({ value: ask, label: t(`ask.${ask}` as 'ask.apology') }))} value={asks} onChange={(value) => change({ asks: value })} />
      ) : null}
      <div className="cp-field">
        <label htmlFor="cp-danger">{t('form.danger')}</label>
        <select id="cp-danger" className="cp-select" value={danger} onChange={(event) => change({ danger: event.target.value as typeof danger })}>
          {DANGERS.map((one) => (
            <option key={one} value={one}>
              {t(`danger.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {quote ? <QuoteBox quote={quote} /> : null}
      {trouble ? <Trouble error={trouble} /> : null}
      <div className="cp-bar">
        <Button size="large" type="primary" htmlType="submit" loading={busy} disabled={text.trim() === ''}>
          {t(quote ? 'form.send' : 'form.look')}
        </Button>
      </div>
    </form>
  )
}

interface ChecksProps {
  legend: string
  options: readonly { value: string; label: string }[]
  value: readonly string[]
  onChange: (value: string[]) => void
}

function Checks({ legend, options, value, onChange }: ChecksProps) {
  return (
    <fieldset className="cp-field">
      <legend>{legend}</legend>
      <div className="cp-checks">
        {options.map((one) => (
          <label key={one.value} className="cp-check">
            <input
              type="checkbox"
              checked={value.includes(one.value)}
              onChange={(event) => onChange(event.target.checked ? [...value, one.value] : value.filter((had) => had !== one.value))}
            />
            {one.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
