import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import type { Bench } from '../parts/wire'

type Entry = Bench['line'][number]

/** Chat, parcel, money and the quarrel itself in one order of time. */
export function TimeLine({ one }: { one: Bench }) {
  const { t } = useTranslation('disputes')
  if (one.line.length === 0) return <p className="x-dim">{t('page.nothing')}</p>
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <ol className="dp-line" aria-label={t('page.time_line')} tabIndex={0}>
      {one.line.map((entry, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the pieces of one answer never move
        <li key={place}>
          <span className="x-dim">
            <RelativeTime at={entry.at} />
          </span>
          <span>{t(`page.source.${entry.source}`)}</span>
          <span>
            <What entry={entry} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function What({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation(['disputes', 'after_sale', 'conversations'])
  const facts = entry.facts as { amount_minor?: number; currency?: string; carrier?: string; number?: string; kind?: string }
  const named = nameOf(entry)
  const known = named && i18n.exists(named)
  return (
    <>
      {known ? <strong>{t(named as 'disputes:page.at.placed')}</strong> : null} {facts.carrier} {entry.source === 'parcel' ? facts.number : null}{' '}
      {facts.amount_minor && facts.currency ? <Money minor={facts.amount_minor} currency={facts.currency} /> : null}{' '}
      <span className="x-said">{facts.kind === 'recall' ? t('conversations:transcript.recall') : entry.text}</span>
    </>
  )
}

/** The page's word for a thing that happened; what has none stands by its own text. */
function nameOf({ source, key }: Entry): string {
  switch (source) {
    case 'chat':
      return `disputes:page.speaker.${key}`
    case 'order':
      return `disputes:page.at.${key}`
    case 'money':
      return `disputes:page.paid.${key}`
    case 'dispute':
      return `disputes:event.${key}`
    case 'case':
      return `after_sale:event.${key}`
    default:
      return ''
  }
}
