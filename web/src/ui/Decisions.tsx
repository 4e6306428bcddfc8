import { QuestionCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Fragment, type ReactNode, useId, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import './matter.css'
import { RelativeTime } from './RelativeTime'
import { RulesVersion } from './RulesVersion'
import { StateBlock, stateOf } from './StateBlock'

export interface Fact {
  name: string
  label: string
  value: string | number | boolean | readonly string[] | null
  /** Its words in the reader's language, where it is made of words. */
  said?: readonly string[]
}

/** A decision of a table as the server explains it. */
export interface Decision {
  id: string
  table: string
  title: string
  row: string
  basis: string
  authority: 'law' | 'platform' | 'promise' | 'agreement' | 'custom' | null
  version: string
  sentence: string
  inputs: readonly Fact[]
  outcome: readonly Fact[]
  at: string
}

/** What a decision was asked with, line by line: its name and what was found. */
export type FactsOf = (decision: Decision) => readonly (readonly [key: string, name: ReactNode, value: ReactNode])[]

interface ButtonProps {
  queryKey: readonly unknown[]
  load: (signal: AbortSignal) => Promise<readonly Decision[]>
  label?: string
  /** Where a domain has better words for its facts. */
  factsOf?: FactsOf
}

/** A button that opens the decisions where it stands; they are asked for when first opened. */
export function DecisionsButton({ queryKey, load, label, factsOf }: ButtonProps) {
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
            title={t('why.none')}
            error={query.error}
            onRetry={() => void query.refetch()}
          >
            <Decisions decisions={query.data ?? []} {...(factsOf ? { factsOf } : {})} />
          </StateBlock>
        ) : null}
      </div>
    </div>
  )
}

/** Every decision with its row, what it stands on, what it was asked, and by which wording. */
export function Decisions({ decisions, factsOf }: { decisions: readonly Decision[]; factsOf?: FactsOf }) {
  const plain = usePlainFacts()
  return (
    <ol className="x-decided">
      {decisions.map((one) => (
        <Decided key={one.id} decision={one} facts={(factsOf ?? plain)(one)} />
      ))}
    </ol>
  )
}

function Decided({ decision, facts }: { decision: Decision; facts: ReturnType<FactsOf> }) {
  const { t } = useTranslation('ui')
  return (
    <li>
      <p className="x-decided-say">{decision.sentence || decision.title}</p>
      <p className="x-dim">
        {decision.authority ? <span>{t(`why.authority.${decision.authority}`)} · </span> : null}
        {decision.basis ? (
          <>
            {t('why.basis')} <span data-why="basis">{decision.basis}</span> ·{' '}
          </>
        ) : null}
        {decision.title} <code data-why="row">{decision.row}</code>
      </p>
      <details>
        <summary>{t('why.inputs')}</summary>
        <dl className="x-decided-facts">
          {facts.map(([key, name, value]) => (
            <Fragment key={key}>
              <dt>{name}</dt>
              <dd data-why="input">{value}</dd>
            </Fragment>
          ))}
          <dt>{t('why.version')}</dt>
          <dd>
            <RulesVersion version={decision.version} />
          </dd>
          <dt>{t('why.since')}</dt>
          <dd>
            <RelativeTime at={decision.at} />
          </dd>
        </dl>
      </details>
    </li>
  )
}

/** Facts by their labels, words as the server says them. */
function usePlainFacts(): FactsOf {
  const { t } = useTranslation('ui')
  return ({ inputs }) => {
    const inWords = ({ value, said = [] }: Fact): string => {
      if (typeof value === 'boolean') return t(value ? 'why.yes' : 'why.no')
      return (said.length > 0 ? said : [value ?? '—'].flat()).join(' · ') || '—'
    }
    return inputs.map((fact) => [fact.name, fact.label, inWords(fact)])
  }
}
