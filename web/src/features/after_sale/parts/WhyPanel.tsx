import { type ComponentProps, useCallback } from 'react'
import { useTranslation } from '@/i18n/react'
import { Decisions, DecisionsButton, type Fact, type FactsOf } from '@/ui/Decisions'
import type { Explained } from './wire'

/** Every decision with its row, what it stands on, what it was asked and what came out, in the words of after-sale. */
export function WhyPanel({ decisions }: { decisions: readonly Explained[] }) {
  return <Decisions decisions={decisions} factsOf={useFacts()} />
}

/** A button that opens the decisions where it stands; they are asked for when first opened. */
export function WhyButton(props: Omit<ComponentProps<typeof DecisionsButton>, 'factsOf'>) {
  return <DecisionsButton {...props} factsOf={useFacts()} />
}

const MACHINE: ReadonlySet<string> = new Set(['path', 'no_reason_rules'])

/** What it was asked and what came out, without what says nothing or is meant for the machine. */
function useFacts(): FactsOf {
  return useCallback(({ inputs, outcome }) => {
    const all = [...inputs.map((fact) => [`in.${fact.name}`, fact] as const), ...outcome.map((fact) => [`out.${fact.name}`, fact] as const)]
    return all
      .filter(([, { name, value }]) => value !== null && !(Array.isArray(value) && value.length === 0) && !MACHINE.has(name))
      .map(([key, fact]) => [key, fact.label, <FactWord key={key} fact={fact} />])
  }, [])
}

function FactWord({ fact: { value, said } }: { fact: Fact }) {
  const { t } = useTranslation('ui')
  if (typeof value === 'boolean') return <>{t(value ? 'why.yes' : 'why.no')}</>
  return <>{said?.join(' · ') || String(value ?? '—')}</>
}
