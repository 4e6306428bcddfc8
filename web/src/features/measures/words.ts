import { useTranslation } from '@/i18n/react'

/** The name of a violation; one that this page does not know is shown as it is called. */
export function useReason(): (reason: string) => string {
  const { t, i18n } = useTranslation(['measures'])
  return (reason) => (i18n.exists(`measures:reason.${reason}`) ? t(`measures:reason.${reason}` as 'measures:reason.abuse') : reason)
}
