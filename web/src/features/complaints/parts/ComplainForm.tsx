import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
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
  const [type, setType] = useState(about.type ?? types[0]?.type ?? '')
  const [text, setText] = useState(about.text ?? '')
  const [asks, setAsks] = useState<string[]>([])
  const [items, setItems] = useState<string[]>([])
  const [danger, setDanger] = useState<(typeof DANGERS)[number]>('none')
  const [evidence, setEvidence] = useState<string[]>([])
  const [files, setFiles] = useState<readonly Given[]>([])
  const [quote, setQuote] = useState<Quote | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const [client] = useState(() => crypto.randomUUID())
  const under = useRef(false)
  const chosen = types.find((one) => one.type === type)
  const wish = (): Wish => {
    const { shop, buyer, purchase, conversation, prepared } = about
    const asked = asks.filter((ask) => chosen?.asks.includes(ask)) as NonNullable<Wish['asks']>
    const named = { ...(shop ? { shop } : {}), ...(buyer ? { buyer } : {}), ...(purchase ? { purchase } : {}), ...(conversation ? { conversation } : {}), ...(prepared ? { prepared } : {}) }
    return { type, text: text.trim(), asks: asked, items, danger, evidence, files: files.map((file) => file.id), client_id: client, ...named }
  }
  const act = async (work: () => Promise<void>) => {
    if (under.current || text.trim() === '') return
    under.current = true
    setBusy(true)
    setTrouble(null)
    try {
      await work()
    } catch (error) {
      setTrouble(error)
    } finally {
      under.current = false
      setBusy(false)
    }
  }
  const look = () => act(async () => setQuote(await doors.quote({ ...wish(), files: [], evidence })))
  const send = () => act(async () => onSent(await doors.lodge(wish())))
  const change = <T,>(set: (value: T) => void) => (value: T) => {
    setQuote(null)
    set(value)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void (quote ? send() : look())
      }}
    >
      <div className="cp-field">
        <label htmlFor="cp-type">{t('form.type')}</label>
        <select id="cp-type" className="cp-select" value={type} onChange={(event) => change(setType)(event.target.value)}>
          {types.map((one) => (
            <option key={one.type} value={one.type}>
              {t(`type.${one.type}` as 'type.abuse')}
            </option>
          ))}
        </select>
        {chosen ? <p className="cp-quiet">{t(`needs.${chosen.needs}` as 'needs.number')}</p> : null}
      </div>
      {about.items && about.items.length > 0 ? (
        <Checks legend={t('form.items')} options={about.items.map(({ id, title }) => ({ value: id, label: title }))} value={items} onChange={change(setItems)} />
      ) : null}
      <div className="cp-field">
        <label htmlFor="cp-text">{t('form.text')}</label>
        <Input.TextArea id="cp-text" rows={5} maxLength={4_000} value={text} onChange={(event) => change(setText)(event.target.value)} />
      </div>
      <EvidenceField doors={doors} conversation={about.conversation ?? null} reason={text} numbers={evidence} onChange={change(setEvidence)} />
      {about.conversation ? <PhotoField doors={doors} conversation={about.conversation} files={files} onChange={setFiles} /> : null}
      {chosen ? (
        <Checks legend={t('form.asks')} options={chosen.asks.map((ask) => ({ value: ask, label: t(`ask.${ask}` as 'ask.apology') }))} value={asks} onChange={change(setAsks)} />
      ) : null}
      <div className="cp-field">
        <label htmlFor="cp-danger">{t('form.danger')}</label>
        <select id="cp-danger" className="cp-select" value={danger} onChange={(event) => change(setDanger)(event.target.value as typeof danger)}>
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
