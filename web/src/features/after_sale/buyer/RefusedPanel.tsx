import { Button } from 'antd'
import type { Refusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import { type Way, wayOf, type Draft } from './wizard'
import type { Order } from './server'

interface Props {
  refusal: Refusal
  draft: Draft
  order: Order
  onWay: (way: Exclude<Way, { is: 'people' }>) => void
}

/** Why it cannot be asked so: the sentence, the row and what it stands on, and every way that is still open. */
export function RefusedPanel({ refusal, draft, order, onWay }: Props) {
  const { t, i18n } = useTranslation(['after_sale', 'ui'])
  const facts = refusal.facts as { still?: unknown; most_minor?: unknown; basis?: unknown; authority?: unknown }
  const still = Array.isArray(facts.still) ? facts.still.filter((word): word is string => typeof word === 'string') : []
  const ways = still.flatMap((word) => {
    const way = wayOf(word, draft, order)
    return way ? [{ word, way }] : []
  })
  const most = typeof facts.most_minor === 'number' ? facts.most_minor : null
  const source = [
    typeof facts.authority === 'string' && i18n.exists(`ui:why.authority.${facts.authority}`) ? t(`ui:why.authority.${facts.authority}` as 'ui:why.authority.law') : null,
    typeof facts.basis === 'string' && facts.basis ? t('part.basis', { basis: facts.basis }) : null,
    refusal.row ? t('refused_row', { row: refusal.row }) : null,
  ].filter((one) => one !== null)
  return (
    <section className="ab-refused" role="alert">
      <h2>{t('refused_title')}</h2>
      <p>{most === null ? refusal.message : t('refused_most', { amount: formatMoney(most, order.currency, i18n.language) })}</p>
      {source.length > 0 ? <p className="as-quiet">{source.join(' · ')}</p> : null}
      {ways.length > 0 ? (
        <>
          <h3>{t('refused_still')}</h3>
          <div className="ab-ways">
            {ways.map(({ word, way }) =>
              way.is === 'people' ? (
                <p key={word} className="as-quiet">
                  {t('still_people')}
                </p>
              ) : (
                <Button key={word} block onClick={() => onWay(way)}>
                  {t(`still.${word}` as 'still.cancel')}
                </Button>
              ),
            )}
          </div>
        </>
      ) : null}
      {ways.some(({ way }) => way.is === 'chat') ? null : (
        <Button type="link" onClick={() => onWay({ is: 'chat' })}>
          {t('wish.ask_shop')}
        </Button>
      )}
    </section>
  )
}
