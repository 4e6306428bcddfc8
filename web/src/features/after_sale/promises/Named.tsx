import { useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import type { InForce } from './promises'

/** The name people use; before there is one, the name the rules use. */
export function PromiseName({ name }: { name: string }) {
  const { t, i18n } = useTranslation(['after_sale', 'rulebook'])
  const short = name.replace(/^after_sale\./, '')
  if (i18n.exists(`after_sale:promise.${short}`)) return <>{t(`promise.${short}` as 'promise.repair')}</>
  return <>{i18n.exists(`rulebook:parameter.${name}`) ? t(`rulebook:parameter.${name}` as 'rulebook:parameter.sla.profile') : name}</>
}

export function Amount({ entry, value }: { entry: InForce; value: InForce['value'] }) {
  const { t, i18n } = useTranslation('rulebook')
  const { currency } = useMe().marketplace
  const { unit } = entry.parameter
  if (unit === 'minor' && typeof value === 'number') return <Money minor={value} currency={currency} />
  return (
    <span className="x-figures">
      {String(value)} {unit ? (i18n.exists(`rulebook:unit.${unit}`) ? t(`unit.${unit}` as 'unit.days') : unit) : null}
    </span>
  )
}
