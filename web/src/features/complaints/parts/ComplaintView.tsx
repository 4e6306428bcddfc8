import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { useAppealRight } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { AppealWay } from '@/ui/AppealWay'
import { Copyable } from '@/ui/Copyable'
import { DecisionsButton } from '@/ui/Decisions'
import { NextActions } from '@/ui/NextActions'
import './complaints.css'
import { DeedForm } from './DeedDialog'
import { turnFor } from './look'
import { Against, Clock, StateTag, TurnWord } from './Standing'
import { Steps } from './Steps'
import type { Deed, Doors, Whole } from './wire'

interface Props {
  doors: Doors
  whole: Whole
  onMoved: (whole: Whole) => void
  onDue: () => void
}

const DEEDS: readonly Deed[] = ['withdraw', 'decline_apology', 'pressure', 'add', 'answer', 'apologise', 'coached', 'accept_apology']

/** One complaint for either end of it: where it stands, what one must do now, and what one may do. */
export function ComplaintView({ doors, whole, onMoved, onDue }: Props) {
  const { t } = useTranslation('complaints')
  const [deed, setDeed] = useState<Deed | null>(null)
  const right = useAppealRight(doors.appeals.place, 'complaint_refusal', whole.id, whole.state === 'refused' && whole.side === 'complainant')
  const actions = Object.fromEntries(
    DEEDS.map((one) => [
      one,
      { label: t(`deed.${one}`), run: () => setDeed(one), hideRefused: true, primary: one === 'accept_apology' || one === 'apologise' || one === 'coached', danger: one === 'withdraw' || one === 'pressure' },
    ]),
  )
  return (
    <>
      <Head whole={whole} onDue={onDue}>
        {whole.dispute_id ? <DisputeLink to={doors.place.dispute(whole.dispute_id)} /> : null}
      </Head>
      {deed ? (
        <DeedForm
          key={deed}
          doors={doors}
          whole={whole}
          deed={deed}
          onDone={(after) => {
            announce(t(`state.${after.state}`))
            onMoved(after)
          }}
          onClose={() => setDeed(null)}
        />
      ) : (
        <div className="cp-actions">
          <NextActions deeds={whole.deeds} actions={actions} size="large" />
        </div>
      )}
      <Outcome whole={whole}>
        <AppealWay right={right.data} kind="complaint_refusal" target={whole.id} base={doors.appeals.base} />
      </Outcome>
      <DecisionsButton label={t('view.why')} queryKey={[...doors.key, 'why', whole.id, whole.version]} load={(signal) => doors.why(whole.id, signal)} />
      <Facts whole={whole} one={doors.place.one} />
      <section className="cp-card">
        <h2>{t('view.timeline')}</h2>
        <Steps steps={whole.timeline} />
      </section>
    </>
  )
}

/** Where it stands, who must act, until when, and what happens otherwise. */
export function Head({ whole, onDue, children }: { whole: Whole; onDue: () => void; children?: ReactNode }) {
  const { t } = useTranslation('complaints')
  const now = turnFor(whole) === 'mine' ? t(`now.${whole.state}` as 'now.accepted') : null
  return (
    <>
      <h1>
        {t(`type.${whole.type}` as 'type.abuse')} · <Against line={whole} />
      </h1>
      <section className="cp-card cp-top" aria-live="polite">
        <StateTag line={whole} />
        <p>{now ?? <TurnWord line={whole} />}</p>
        <Clock line={whole} onDue={() => setTimeout(onDue, 1_000)} />
        {whole.urgent ? <strong>{t('view.urgent')}</strong> : null}
        {children}
      </section>
    </>
  )
}

/** The way to the dispute that decides it. */
export function DisputeLink({ to }: { to: string }) {
  const { t } = useTranslation('complaints')
  return <Link to={to}>{t('view.dispute')}</Link>
}

/** What was said to make it good, and why it was not taken on. */
export function Outcome({ whole, children }: { whole: Whole; children?: ReactNode }) {
  const { t } = useTranslation('complaints')
  return (
    <>
      {whole.apology ? (
        <section className="cp-card cp-sorry">
          <h2>{t('view.apology')}</h2>
          <p className="cp-said">{whole.apology.text}</p>
          <p className="cp-quiet">{t(`apology.${whole.apology.state}`)}</p>
          {whole.apology.state === 'open' && whole.side === 'complainant' ? <p>{t('view.free_to_say_no')}</p> : null}
        </section>
      ) : null}
      {whole.refusal ? (
        <section className="cp-card cp-refused">
          <h2>{t('view.refused')}</h2>
          <p>{t(`reason.${whole.refusal.reason}`)}</p>
          {whole.refusal.text ? <p className="cp-said">{whole.refusal.text}</p> : null}
          <p className="cp-quiet">{t(whole.refusal.automated ? 'view.automated' : 'view.by_people', { row: whole.refusal.row })}</p>
          <h2>{t('view.ways')}</h2>
          <ul>
            {whole.refusal.ways.map((way) => (
              <li key={way}>{t(`way.${way}` as 'way.appeal')}</li>
            ))}
          </ul>
          {children}
        </section>
      ) : null}
    </>
  )
}

/** What it is about. */
export function Facts({ whole, one }: { whole: Whole; one: (id: string) => string }) {
  const { t } = useTranslation('complaints')
  const rows: [string, ReactNode][] = [[t('view.number'), <Copyable key="number" text={whole.number} />]]
  if (whole.order_number) rows.push([t('view.order'), <Copyable key="order" text={whole.order_number} />])
  rows.push([t('view.words'), <span key="words" className="cp-said">{whole.text}</span>])
  if (whole.asks.length > 0) rows.push([t('view.asks'), whole.asks.map((ask) => t(`ask.${ask}` as 'ask.apology')).join(' · ')])
  rows.push([t('view.rung'), t(`rung.${whole.rung}`)])
  if (whole.evidence.length > 0) {
    rows.push([
      t('form.evidence'),
      <ul key="evidence" className="cp-plain">
        {whole.evidence.map((number) => (
          <li key={number}>
            <Copyable text={number} />
          </li>
        ))}
      </ul>,
    ])
  }
  if (whole.links.length > 0) {
    rows.push([
      t('view.links'),
      <ul key="links" className="cp-plain">
        {whole.links.map((link) => (
          <li key={link.id}>
            <Link to={one(link.id)}>{link.number}</Link>{' '}
            {t(`link.${link.kind}`)} · {t(`state.${link.state}`)}
          </li>
        ))}
      </ul>,
    ])
  }
  return (
    <section className="cp-card">
      <h2>{t('view.about')}</h2>
      <dl className="cp-facts">
        {rows.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
      </dl>
    </section>
  )
}
