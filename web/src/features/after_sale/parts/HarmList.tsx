import type { ComponentProps } from 'react'
import type { Answer } from '@/api'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { WhyButton } from './WhyPanel'

export type Harm = Answer<'/public/v1/orders/{purchase}/harms', 'get'>[number]

interface Props extends ComponentProps<typeof WhyButton> {
  harms: readonly Harm[]
  /** Whether the buyer reads it, or the shop. */
  reader: 'buyer' | 'shop'
}

const LINE = { margin: '0 0 4px' }

/** What carriers said of the parcels of an order before they came, whose risk that is, and by which rule. */
export function HarmList({ harms, reader, ...why }: Props) {
  const { t } = useTranslation('after_sale')
  if (harms.length === 0) return null
  return (
    <div>
      {harms.map((one) => (
        <div key={`${one.number}${one.harm}`}>
          <p style={LINE}>
            <strong>{t(`harm.${one.harm}`, { number: one.number })}</strong> · <RelativeTime at={one.at} />
          </p>
          {one.text ? <p style={LINE}>{one.text}</p> : null}
          <p style={LINE}>{t(reader === 'buyer' ? `harm_borne.${one.bearer}` : `harm_shop.${one.bearer}`)}</p>
        </div>
      ))}
      <WhyButton {...why} />
    </div>
  )
}
