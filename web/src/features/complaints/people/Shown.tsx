import { useState } from 'react'
import { useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { DecisionsButton } from '@/ui/Decisions'
import { NextActions } from '@/ui/NextActions'
import { lazily } from '@/ui/lazily'
import { DisputeLink, Facts, Head, Outcome } from '../parts/ComplaintView'
import { Steps } from '../parts/Steps'
import { KEY, why, type Whole } from './server'

const DeedDialogs = lazily(() => import('./DeedDialogs'))
const DEEDS = ['merge', 'jump', 'decide', 'acceptance'] as const
export type PeopleDeed = (typeof DEEDS)[number]

/** One complaint for people of the marketplace: both ends by name, signs, and what D15 says now. */
export function Shown({ whole, onMoved }: { whole: Whole; onMoved: () => Promise<unknown> }) {
  const { t } = useTranslation('complaints')
  const [deed, setDeed] = useState<PeopleDeed | null>(null)
  const actions = Object.fromEntries(
    DEEDS.map((one) => [one, { label: t(`people.deed.${one}`), run: () => setDeed(one), hideRefused: true, primary: one === 'acceptance' || one === 'decide' }]),
  )
  const { acceptance, signals } = whole
  const judges = useReach('disputes.look') !== 'none'
  return (
    <>
      <Head whole={whole} onDue={() => void onMoved()}>
        <p className="cp-quiet">
          {t('people.ends', { complainant: whole.complainant.name || t(`party.${whole.complainant.kind}`), accused: whole.accused.name || t(`party.${whole.accused.kind}`) })}
        </p>
        {whole.dispute_id && judges ? <DisputeLink to={`/docket/${whole.dispute_id}`} /> : null}
      </Head>
      <div className="cp-actions">
        <NextActions deeds={whole.deeds} actions={actions} />
      </div>
      {acceptance ? (
        <section className="cp-card">
          <h2>{t('people.by_table')}</h2>
          <p>{acceptance.say}</p>
          <p className="cp-quiet">
            {acceptance.row} · {t(`quote.${acceptance.answer}` as 'quote.accept')}
          </p>
        </section>
      ) : null}
      {signals ? (
        <section className="cp-card">
          <h2>{t('people.signals')}</h2>
          <p className="cp-quiet">{t('people.signals_hint')}</p>
          <ul>
            {signals.map((one) => (
              <li key={one.signal}>
                <strong>{t(`signal.${one.signal}`)}</strong> · {t(`level.${one.level}`)} · {one.say}{' '}
                <span className="cp-quiet">{t('people.counted', { many: one.many, of: one.of })}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Outcome whole={whole} />
      <DecisionsButton label={t('view.why')} queryKey={[...KEY, 'why', whole.id, whole.version]} load={(signal) => why(whole.id, signal)} />
      <Facts whole={whole} one={(id) => `/intake/${id}`} />
      <section className="cp-card">
        <h2>{t('view.timeline')}</h2>
        <Steps steps={whole.timeline} />
      </section>
      {deed ? <DeedDialogs deed={deed} whole={whole} onDone={onMoved} onClose={() => setDeed(null)} /> : null}
    </>
  )
}
