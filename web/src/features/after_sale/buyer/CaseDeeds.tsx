import { useRef, useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import { NextActions } from '@/ui/NextActions'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import { Trouble } from '@/ui/Trouble'
import { payerFor } from '../parts/look'
import type { CaseWhole, Offer } from '../parts/wire'
import { AskForm, FollowUpForm, PeopleForm, SendBackForm } from './DeedForms'
import { deeds } from './server'

interface Props {
  whole: CaseWhole
  onMoved: (whole: CaseWhole) => void
}

/** What the buyer may do later is shown closed, with its reason. */
const NOT_YET: ReadonlySet<string> = new Set(['after_sale.shop_may_still_answer', 'after_sale.negotiate_first'])

const FORMS = { ask: AskForm, send_back: SendBackForm, call_people: PeopleForm, answer_follow_up: FollowUpForm } as const
type FormName = keyof typeof FORMS

/** What the buyer can do now, drawn only from what the server allows; a deed with words opens its form here. */
export function CaseDeeds({ whole, onMoved }: Props) {
  const { t, i18n } = useTranslation('after_sale')
  const [open, setOpen] = useState<FormName | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const under = useRef(false)
  const offer = whole.offers.findLast((one) => one.state === 'open' && one.side === 'shop') ?? null
  const allowed = new Set(whole.deeds.filter((deed) => deed.allowed).map((deed) => deed.deed))
  const run = async (deed: Promise<CaseWhole> | (() => Promise<CaseWhole>)) => {
    if (under.current) return
    under.current = true
    setTrouble(null)
    try {
      onMoved(await (typeof deed === 'function' ? deed() : deed))
      setOpen(null)
    } catch (error) {
      setTrouble(asRefusal(error))
    } finally {
      under.current = false
    }
  }
  const shown = open && allowed.has(open) ? open : null
  const Form = shown && FORMS[shown]
  const acceptLabel = ({ settlement, amount_minor: minor }: Offer) => {
    const what = t(`settlement.${settlement}`)
    return minor > 0 ? t('case.accept', { what, amount: formatMoney(minor, whole.currency, i18n.language) }) : t('case.accept_goods', { what })
  }
  const sum = formatMoney(whole.refund_minor, whole.currency, i18n.language)
  return (
    <section className="ab-actions" aria-label={t('case.deeds')}>
      {offer ? <OfferCard offer={offer} currency={whole.currency} /> : null}
      {whole.state === 'deducting' ? <p>{t('case.deducting', { amount: sum })}</p> : null}
      {Form ? (
        <Form
          key={`${whole.id}${open}`}
          whole={whole}
          onSend={async (work) => {
            onMoved(await work)
            setOpen(null)
          }}
          onClose={() => setOpen(null)}
        />
      ) : (
        <NextActions
          size="large"
          deeds={whole.deeds.filter((deed) => deed.allowed || (deed.deed === 'call_people' && NOT_YET.has(deed.code ?? '')))}
          actions={{
            withdraw: { label: t('deed.withdraw'), run: () => run(() => deeds.withdraw(whole.id)), consequence: t('case.withdraw_then') },
            ask: { label: t(offer ? 'case.counter' : 'deed.ask'), run: () => setOpen('ask') },
            call_people: { label: t('deed.call_people'), run: () => setOpen('call_people') },
            accept: {
              label: offer ? acceptLabel(offer) : t('deed.accept'),
              run: () => run(() => deeds.accept(whole.id)),
              primary: true,
            },
            accept_deduction: { label: t('case.accept_deduction', { amount: sum }), run: () => run(() => deeds.acceptDeduction(whole.id)), primary: true },
            pay: {
              label: t('pay.button', { amount: formatMoney(whole.difference?.amount_minor ?? 0, whole.currency, i18n.language) }),
              run: () => run(() => deeds.pay(whole.id)),
              primary: true,
              consequence: t('pay.then'),
            },
            send_back: { label: t('deed.send_back'), run: () => setOpen('send_back'), primary: true },
            receive: { label: t('deed.receive'), run: () => run(() => deeds.receive(whole.id)), primary: true, consequence: t('case.receive_then') },
            answer_follow_up: { label: t('deed.answer_follow_up'), run: () => setOpen('answer_follow_up'), primary: true },
          }}
        />
      )}
      {trouble ? <Trouble error={trouble} style={{ marginTop: 12 }} /> : null}
    </section>
  )
}

function OfferCard({ offer, currency }: { offer: Offer; currency: string }) {
  const { t } = useTranslation('after_sale')
  return (
    <div className="ab-card">
      <h2>{t('case.offer')}</h2>
      <p>
        <strong>{t(`settlement.${offer.settlement}`)}</strong>{' '}
        {offer.amount_minor > 0 ? <Money minor={offer.amount_minor} currency={currency} /> : null}
      </p>
      {offer.settlement === 'refund' || offer.settlement === 'resend' ? null : <p>{t('part.freight_leg', { leg: t('freight.back') })} · {t(`payer.${payerFor('buyer', offer.back_payer)}`)}</p>}
      {offer.text ? <p className="as-said">{offer.text}</p> : null}
      <p className="as-quiet">
        {t('case.offered')} <RelativeTime at={offer.at} />
      </p>
    </div>
  )
}
