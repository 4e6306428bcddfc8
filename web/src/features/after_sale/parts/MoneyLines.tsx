import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { payerFor, takenOff } from './look'
import './parts.css'
import type { CaseWhole, MoneyLine, Viewer } from './wire'

export interface MoneyLinesProps {
  viewer: Viewer
  money: readonly MoneyLine[]
  currency: string
  /** What comes out in the end; null where goods answer for goods and nothing is paid. */
  total: number | null
  /** What the lines of the order are called. */
  lines?: readonly { item: string; title: string; quantity: number }[]
  freight?: CaseWhole['freight'] | null
  /** What has been paid already. */
  paid?: number
}

const NO_LINES: NonNullable<MoneyLinesProps['lines']> = []

/** What a refund is made of, line by line, and who bears which freight. */
export function MoneyLines({ viewer, money, currency, total, lines = NO_LINES, freight, paid = 0 }: MoneyLinesProps) {
  const { t } = useTranslation('after_sale')
  const off = total === null ? 0 : takenOff(money, total)
  const titles = new Map(lines.map((line) => [line.item, line]))
  return (
    <dl className="as-money">
      {money.map((line, n) => {
        const meant = line.item ? titles.get(line.item) : undefined
        return (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={`${line.kind}${line.item ?? ''}${n}`}>
            <dt>
              {t(`money.${line.kind}`)}
              {meant ? <span className="as-quiet"> {t('part.of_item', { title: meant.title, quantity: meant.quantity })}</span> : null}
            </dt>
            <dd>
              <Money minor={line.amount_minor} currency={currency} />
            </dd>
          </div>
        )
      })}
      {off === 0 ? null : (
        <div>
          <dt>{t('money.deduction')}</dt>
          <dd>
            <Money minor={off} currency={currency} />
          </dd>
        </div>
      )}
      {total === null ? null : (
        <div className="as-total">
          <dt>{t('part.total')}</dt>
          <dd>
            <Money minor={total} currency={currency} />
          </dd>
        </div>
      )}
      {paid > 0 ? (
        <div>
          <dt>{t('part.paid')}</dt>
          <dd>
            <Money minor={paid} currency={currency} />
          </dd>
        </div>
      ) : null}
      {freight ? <FreightLine viewer={viewer} freight={freight} /> : null}
    </dl>
  )
}

const LEGS = ['outbound', 'back', 'again'] as const

function FreightLine({ viewer, freight }: { viewer: Viewer; freight: CaseWhole['freight'] }) {
  const { t } = useTranslation('after_sale')
  const legs = LEGS.filter((leg) => freight[leg] !== 'none')
  return (
    <>
      {legs.map((leg) => (
        <div key={leg} className="as-quiet">
          <dt>{t('part.freight_leg', { leg: t(`freight.${leg}`) })}</dt>
          <dd>{t(`payer.${leg === 'back' && freight.insured ? 'insurer' : payerFor(viewer, freight[leg])}`)}</dd>
        </div>
      ))}
    </>
  )
}
