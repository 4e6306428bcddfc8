import { type ComponentProps, useCallback } from 'react'
import { useTranslation } from '@/i18n/react'
import { Decisions, DecisionsButton, type FactsOf } from '@/ui/Decisions'
import type { Explained } from './wire'

/** Every decision with its row, what it stands on, what it was asked and what came out, in the words of after-sale. */
export function WhyPanel({ decisions }: { decisions: readonly Explained[] }) {
  return <Decisions decisions={decisions} factsOf={useFacts()} />
}

/** A button that opens the decisions where it stands; they are asked for when first opened. */
export function WhyButton(props: Omit<ComponentProps<typeof DecisionsButton>, 'factsOf'>) {
  return <DecisionsButton {...props} factsOf={useFacts()} />
}

type Fact = Explained['inputs'][number]

const MACHINE: ReadonlySet<string> = new Set(['path', 'no_reason_rules'])

/** What it was asked and what came out, without what says nothing or is meant for the machine. */
function useFacts(): FactsOf {
  return useCallback(({ inputs, outcome }) => {
    const all = [...inputs.map((fact) => [`in.${fact.name}`, fact] as const), ...outcome.map((fact) => [`out.${fact.name}`, fact] as const)]
    return all
      .filter(([, { name, value }]) => value !== null && !(Array.isArray(value) && value.length === 0) && !MACHINE.has(name))
      .map(([key, fact]) => [key, <FactName key={key} name={fact.name} label={fact.label} />, <FactWord key={key} name={fact.name} value={fact.value as Fact['value']} />])
  }, [])
}

/** The table's own label, else the page's word for it. */
function FactName({ name, label }: { name: string; label: string }) {
  const { t, i18n } = useTranslation('after_sale')
  return <>{label === name && i18n.exists(`after_sale:fact_name.${name}`) ? t(`fact_name.${name}` as 'fact_name.kind') : label}</>
}

/** Words of the domain by their names; whatever has none stands as the rules call it. */
function FactWord({ name, value }: { name: string; value: Fact['value'] }) {
  const { t, i18n } = useTranslation(['after_sale', 'ui'])
  const word = (one: string): string => {
    const has = (head: string) => i18n.exists(`after_sale:${head}.${one}`)
    if (name === 'still' && has('still')) return t(`still.${one}` as 'still.cancel')
    if (name === 'condition' && has('condition')) return t(`condition.${one}` as 'condition.intact')
    if (name === 'kind' && has('kind')) return t(`kind.${one}` as 'kind.repair')
    if (name === 'reason' && has('reason')) return t(`reason.${one}` as 'reason.quality')
    return has('fact') ? t(`fact.${one}` as 'fact.none') : one
  }
  if (value === null) return <>—</>
  if (typeof value === 'boolean') return <>{t(value ? 'ui:why.yes' : 'ui:why.no')}</>
  if (Array.isArray(value)) return <>{value.map(word).join(' · ') || '—'}</>
  return <>{typeof value === 'string' ? word(value) : String(value)}</>
}
