import { useLanguage, useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { type Look, StandWord, Steps } from '@/ui/Matter'
import { Money } from '@/ui/Money'
import { type Grant, type GrantWhole, POINTS } from './wire'

const LOOKS: Record<Grant['state'], Look> = {
  made: 'waiting',
  offered: 'accent',
  contested: 'waiting',
  waiting: 'accent',
  held: 'settled',
  paying: 'waiting',
  given: 'settled',
  used: 'over',
  returned: 'over',
  undone: 'over',
}

/** An amount of money, or so many points. */
export function Sum({ minor, currency }: { minor: number; currency: string }) {
  const { t } = useTranslation('compensation')
  const language = useLanguage()
  if (currency !== POINTS) return <Money minor={minor} currency={currency} />
  return <span className="x-figures">{t('points.many', { count: minor.toLocaleString(language) as unknown as number })}</span>
}

export function GrantState({ state }: { state: Grant['state'] }) {
  const { t } = useTranslation('compensation')
  return <StandWord look={LOOKS[state]}>{t(`state.${state}`)}</StandWord>
}

/** What is left until silence acts, and what it does then. */
export function GrantClock({ grant, short = false }: { grant: Grant; short?: boolean }) {
  const { t } = useTranslation('compensation')
  if (!grant.due_at || !grant.then) return null
  return <Countdown due={grant.due_at} then={t(`then.${grant.then}`)} short={short} />
}

/** What happened to it, in order. */
export function GrantSteps({ whole }: { whole: GrantWhole }) {
  const { t } = useTranslation('compensation')
  return (
    <Steps
      steps={whole.timeline.map((step) => ({
        key: step.version,
        title: t(`event.${step.event}` as 'event.offer'),
        by: step.person_name || t(`side.${step.side}`),
        at: step.at,
        text: step.text,
      }))}
    />
  )
}
