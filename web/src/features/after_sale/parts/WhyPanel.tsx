import { useQuery } from '@tanstack/react-query'
import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Fragment, useId, useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './parts.css'
import type { Explained } from './wire'

/** Every decision with its row, what it stands on, what it was asked, and by which wording. */
export function WhyPanel({ decisions }: { decisions: readonly Explained[] }) {
  return (
    <ol className="as-why">
      {decisions.map((one) => (
        <Decided key={one.id} decision={one} />
      ))}
    </ol>
  )
}

/** A button that opens the decisions where it stands; they are asked for when first opened. */
export function WhyButton({ queryKey, load, label }: { queryKey: readonly unknown[]; load: (signal: AbortSignal) => Promise<readonly Explained[]>; label?: string }) {
  const { t } = useTranslation('ui')
  const place = useId()
  const [open, setOpen] = useState(false)
  const query = useQuery({ queryKey, queryFn: ({ signal }) => load(signal), enabled: open })
  return (
    <div>
      <Button type="link" style={{ paddingInline: 0 }} aria-expanded={open} aria-controls={place} icon={<QuestionCircleOutlined aria-hidden />} onClick={() => setOpen(!open)}>
        {label ?? t('why.ask')}
      </Button>
      <div id={place} hidden={!open}>
        {open ? (
          <StateBlock
            state={stateOf(query, query.data?.length === 0)}
            error={query.isError ? asRefusal(query.error) : null}
            onRetry={() => void query.refetch()}
          >
            <WhyPanel decisions={query.data ?? []} />
          </StateBlock>
        ) : null}
      </div>
    </div>
  )
}

function Decided({ decision }: { decision: Explained }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  return (
    <li>
      <p className="as-why-say">{decision.sentence || decision.title}</p>
      <p className="as-quiet">
        {decision.authority ? <span>{t(`authority.${decision.authority}`)} · </span> : null}
        {decision.basis ? <span>{t('part.basis', { basis: decision.basis })} · </span> : null}
        <span>{t('part.row', { table: decision.title, row: decision.row })}</span>
      </p>
      <details>
        <summary>{t('part.inputs')}</summary>
        <dl className="as-facts">
          {said(decision).map(({ key, fact }) => (
            <Fragment key={key}>
              <dt>
                <FactName name={fact.name} label={fact.label} />
              </dt>
              <dd>
                <FactWord name={fact.name} value={fact.value} />
              </dd>
            </Fragment>
          ))}
          <dt>{t('ui:why.version')}</dt>
          <dd>{decision.version}</dd>
          <dt>{t('ui:why.since')}</dt>
          <dd>
            <RelativeTime at={decision.at} />
          </dd>
        </dl>
      </details>
    </li>
  )
}

type Fact = Explained['inputs'][number]

/** What it was asked and what came out, without what says nothing or is meant for the machine. */
function said({ inputs, outcome }: Explained): { key: string; fact: Fact }[] {
  const all = [...inputs.map((fact) => ({ key: `in.${fact.name}`, fact })), ...outcome.map((fact) => ({ key: `out.${fact.name}`, fact }))]
  return all.filter(({ fact: { name, value } }) => value !== null && !(Array.isArray(value) && value.length === 0) && !MACHINE.has(name))
}

const MACHINE: ReadonlySet<string> = new Set(['path', 'no_reason_rules'])

/** The table's own label, else the page's word for it. */
function FactName({ name, label }: { name: string; label: string }) {
  const { t, i18n } = useTranslation('after_sale')
  return <>{label === name && i18n.exists(`after_sale:fact_name.${name}`) ? t(`fact_name.${name}` as 'fact_name.kind') : label}</>
}

/** Words of the domain by their names; whatever has none stands as the rules call it. */
function FactWord({ name, value }: { name: string; value: Fact['value'] }) {
  const { t, i18n } = useTranslation('after_sale')
  const word = (one: string): string => {
    const has = (head: string) => i18n.exists(`after_sale:${head}.${one}`)
    if (name === 'still' && has('still')) return t(`still.${one}` as 'still.cancel')
    if (name === 'condition' && has('condition')) return t(`condition.${one}` as 'condition.intact')
    if (name === 'kind' && has('kind')) return t(`kind.${one}` as 'kind.repair')
    if (name === 'reason' && has('reason')) return t(`reason.${one}` as 'reason.quality')
    return has('fact') ? t(`fact.${one}` as 'fact.none') : one
  }
  if (value === null) return <>—</>
  if (typeof value === 'boolean') return <>{t(value ? 'part.yes' : 'part.no')}</>
  if (Array.isArray(value)) return <>{value.map(word).join(' · ') || '—'}</>
  return <>{typeof value === 'string' ? word(value) : String(value)}</>
}
