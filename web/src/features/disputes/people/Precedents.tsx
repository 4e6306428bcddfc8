import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import type { Bench } from '../parts/wire'

/** What was ruled about alike things before, the most alike first. */
export function Precedents({ one }: { one: Bench }) {
  const { t } = useTranslation('disputes')
  return (
    <section className="x-box">
      <h2>{t('page.precedents')}</h2>
      {one.precedents.length === 0 ? <p className="x-dim">{t('page.precedents_none')}</p> : null}
      <ul>
        {one.precedents.map((found) => (
          <li key={`${found.ruling}${found.issue}`}>
            <Link to={`/docket/${found.dispute}`}>{t(`outcome.${found.outcome as 'refund'}`)}</Link>{' '}
            {found.amount_minor ? <Money minor={found.amount_minor} currency={one.currency} /> : null}{' '}
            <span className="x-dim">
              {t('page.alike', { percent: found.similarity })} {found.reversed ? `· ${t('page.reversed')}` : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What people should look at twice; nothing is decided by it. */
export function Signals({ one }: { one: Bench }) {
  const { t, i18n } = useTranslation('disputes')
  const known = one.signals.filter(({ signal }) => i18n.exists(`disputes:signal.${signal}`))
  if (known.length === 0) return null
  return (
    <section className="x-box" aria-label={t('page.signals')}>
      <h2>{t('page.signals')}</h2>
      <ul>
        {known.map(({ signal, count }) => (
          <li key={signal}>{t(`signal.${signal as 'loses_often'}`, { count })}</li>
        ))}
      </ul>
      <p className="x-dim">{t('page.signals_hint')}</p>
    </section>
  )
}
