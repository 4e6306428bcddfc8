import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { Countdown } from '@/ui/Countdown'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import { CaseTimeline } from '../parts/CaseTimeline'
import { DifferenceLine } from '../parts/DifferenceLine'
import { paysMoney, shownFreight } from '../parts/look'
import { MoneyLines } from '../parts/MoneyLines'
import { WhyButton } from '../parts/WhyPanel'
import type { CaseWhole, Explained } from '../parts/wire'
import { type At, getWhy } from './server'
import './shop.css'
import { caseKey } from './useCase'

/** What is asked, what it comes to, where the parcels are, and what happened. */
export function CaseFacts({ one, at }: { one: CaseWhole; at: At }) {
  return <Facts one={one} whyKey={[...caseKey(at), 'why']} loadWhy={(signal) => getWhy(at, signal)} />
}

export interface FactsProps {
  one: CaseWhole
  whyKey: readonly unknown[]
  loadWhy: (signal: AbortSignal) => Promise<readonly Explained[]>
}

export function Facts({ one, whyKey, loadWhy }: FactsProps) {
  const { t } = useTranslation('after_sale')
  return (
    <>
      <ul className="as-goods">
        {one.lines.map((line) => (
          <li key={line.item}>
            {line.image_url ? <img src={line.image_url} alt="" loading="lazy" /> : null}
            <span className="as-goods-name">
              {line.title} × {line.quantity}
              {line.becomes ? <strong className="as-becomes">{t('part.becomes', { options: line.becomes })}</strong> : null}
            </span>
            {line.amount_minor > 0 ? <Money minor={line.amount_minor} currency={one.currency} /> : null}
          </li>
        ))}
      </ul>
      {one.text ? <p className="as-said">{one.text}</p> : null}
      <OpenOffer one={one} />
      <Block title={t('shop.money')}>
        <DifferenceLine difference={one.difference} currency={one.currency} />
        <MoneyLines viewer="shop" money={one.money} currency={one.currency} total={paysMoney(one) ? one.refund_minor : null} lines={one.lines} freight={shownFreight(one.kind, one.freight, { back: one.back !== null, out: one.out !== null })} paid={one.refunded_minor} />
        <WhyButton queryKey={whyKey} load={loadWhy} />
      </Block>
      <Parcels one={one} />
      <Block title={t('shop.happened')}>
        <CaseTimeline steps={one.timeline} currency={one.currency} />
      </Block>
    </>
  )
}

export function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="as-block">
      <h4>{title}</h4>
      {children}
    </section>
  )
}

function OpenOffer({ one }: { one: CaseWhole }) {
  const { t } = useTranslation('after_sale')
  const found = one.offers.find((each) => each.state === 'open')
  if (!found || one.state !== 'offered') return null
  return (
    <Block title={t('shop.offer_open')}>
      <p className="as-said">
        {t(`settlement.${found.settlement}`)} {found.amount_minor > 0 ? <Money minor={found.amount_minor} currency={one.currency} /> : null}
      </p>
      {found.text ? <p className="as-said as-quiet">{found.text}</p> : null}
      <Countdown due={found.expires_at} set={found.at} />
    </Block>
  )
}

function Parcels({ one }: { one: CaseWhole }) {
  const { t } = useTranslation('after_sale')
  const { return_address: address, back, out } = one
  if (!address && !back && !out) return null
  return (
    <Block title={t('shop.parcels')}>
      {address ? (
        <p className="as-said">
          <span className="as-quiet">{t('shop.address')}</span> {[address.name, address.phone, address.text].filter(Boolean).join(' ')}
        </p>
      ) : null}
      <Parcel title={t('shop.parcel_back')} parcel={back} />
      <Parcel title={t('shop.parcel_out')} parcel={out} />
    </Block>
  )
}

function Parcel({ title, parcel }: { title: string; parcel: CaseWhole['back'] }) {
  const { t } = useTranslation('after_sale')
  if (!parcel) return null
  return (
    <p className="as-said">
      <span className="as-quiet">{title}</span> {parcel.carrier} <Copyable text={parcel.number} />{' '}
      {parcel.arrived_at ? (
        <span className="as-quiet">
          {t('shop.parcel_there')} <RelativeTime at={parcel.arrived_at} />
        </span>
      ) : null}
    </p>
  )
}
