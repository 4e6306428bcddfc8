import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { absoluteTime } from '@/ui/time'
import { Money } from '@/ui/Money'
import { RulesVersion } from '@/ui/RulesVersion'
import type { DisputeWhole, Ruling } from './wire'

interface Props {
  whole: DisputeWhole
  ruling: Ruling
  /** Where an appeal against it is lodged; nothing for those who cannot. */
  appeal?: string
}

/** A ruling in plain words, then what it rests on: facts, evidence used and not, rows and their version. */
export function RulingView({ whole, ruling, appeal }: Props) {
  const { t, i18n } = useTranslation('disputes')
  const exhibit = (id: string) => {
    const found = whole.exhibits.find((one) => one.id === id)
    return found ? `#${found.number} ${t(`page.kind.${found.kind as 'statement'}`)}` : id
  }
  const undone = ruling.reversed_at !== null
  const open = appeal && !undone && ruling.appeal_until !== null && whole.state !== 'under_appeal'
  return (
    <section className="x-box" data-mark={undone ? undefined : 'now'}>
      <h2>
        {t('page.ruling')} {undone ? `· ${t('page.reversed')}` : null}
      </h2>
      {undone && ruling.reversed_why ? <p className="x-said">{ruling.reversed_why}</p> : null}
      {ruling.words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {ruling.text ? <p className="x-said">{ruling.text}</p> : null}
      <ul>
        {ruling.issues.map((one) => (
          <li key={one.issue}>
            <strong>{t(`outcome.${one.outcome}`)}</strong>{' '}
            {one.amount_minor ? <Money minor={one.amount_minor} currency={whole.currency} /> : null} {one.text}
          </li>
        ))}
        {ruling.money.map((line, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- the pieces of one answer never move
          <li key={place}>
            {t(`page.money.${line.kind}`)} <Money minor={line.amount_minor} currency={whole.currency} /> <span className="x-dim">{line.basis}</span>
          </li>
        ))}
      </ul>
      {open ? (
        <p>
          <Link to={`${appeal}/new?kind=ruling&target=${ruling.id}`}>{t('page.appeal')}</Link>{' '}
          {ruling.appeal_until ? <span className="x-dim">{t('page.appeal_until', { until: absoluteTime(Date.parse(ruling.appeal_until), i18n.language) })}</span> : null}
        </p>
      ) : null}
      <details>
        <summary>{t('page.rests_on')}</summary>
        <List title={t('page.facts')} items={ruling.facts_found} />
        <List title={t('page.used')} items={ruling.used.map(exhibit)} />
        <List title={t('page.not_used')} items={ruling.refused.map((one) => `${exhibit(one.exhibit)}: ${one.why}`)} />
        <List title={t('page.rows')} items={ruling.rows.map((row) => [row.sentence, row.row, row.basis].filter(Boolean).join(' · '))} />
        <p className="x-dim">
          {t('page.version')} <RulesVersion version={ruling.rules_version} /> · {t(ruling.automated ? 'page.automated' : `page.by.${ruling.by as 'officer'}`)}
        </p>
      </details>
    </section>
  )
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {items.map((item, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- the pieces of one answer never move
          <li key={place}>{item}</li>
        ))}
      </ul>
    </>
  )
}
