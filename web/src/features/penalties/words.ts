import { useTranslation } from '@/i18n/react'
import type { Penalty } from './wire'

/** The name of a violation; one that this page does not know is shown as it is called. */
export function useOffence(): (offence: string) => string {
  const { t, i18n } = useTranslation(['measures'])
  return (offence) => (i18n.exists(`measures:reason.${offence}`) ? t(`measures:reason.${offence}` as 'measures:reason.abuse') : offence)
}

/** What a penalty came to, in a few words: points, measures, or coaching alone. */
export function useOutcome(): (one: Penalty) => string {
  const { t } = useTranslation(['penalties', 'measures'])
  return (one) => {
    const parts = one.measures.map((kind) => t(`measures:kind.${kind}`))
    if (one.points > 0) parts.unshift(t('penalties:points', { count: one.points }))
    return parts.join(' · ') || t('penalties:penalties.coached')
  }
}
