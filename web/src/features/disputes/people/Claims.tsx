import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { Money } from '@/ui/Money'
import type { Bench } from '../parts/wire'

type Claim = Bench['claims'][number]

/** The claims as rows: what is claimed, evidence for and against, what is missing, whose burden, until when. */
export function Claims({ one }: { one: Bench }) {
  const { t } = useTranslation('disputes')
  const heads = ['claim', 'for', 'against', 'missing', 'burden', 'clock'] as const
  return (
    <table className="dp-claims" aria-label={t('page.claims')}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {t(`page.head.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {one.claims.map((claim) => (
          <Row key={claim.issue.id} one={one} claim={claim} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ one, claim }: { one: Bench; claim: Claim }) {
  const { t } = useTranslation('disputes')
  const { issue } = claim
  return (
    <tr>
      <td data-label={t('page.head.claim')}>
        <div>
          <strong>{t(`issue.${issue.issue}`)}</strong>{' '}
          {issue.amount_minor ? <Money minor={issue.amount_minor} currency={one.currency} /> : null}
          <div className="x-said">{issue.words}</div>
          {issue.remedy ? <div className="x-dim">{t('page.asks', { outcome: t(`outcome.${issue.remedy as 'refund'}`) })}</div> : null}
        </div>
      </td>
      <td data-label={t('page.head.for')}>
        <Chips one={one} ids={claim.for_claimant} />
      </td>
      <td data-label={t('page.head.against')}>
        <Chips one={one} ids={claim.against} />
      </td>
      <td data-label={t('page.head.missing')}>
        <span>{claim.missing.map((word) => t(`must.${word as 'tracking'}`)).join(' · ') || '—'}</span>
      </td>
      <td data-label={t('page.head.burden')}>
        <span>
          {issue.settled ? t(`page.stands.${issue.favour ?? 'none'}`) : t(`side.${claim.burden}`)} <code className="x-dim">{issue.row}</code>
        </span>
      </td>
      <td data-label={t('page.head.clock')}>
        {claim.due_at && !issue.settled ? <Countdown due={claim.due_at} then={t(`follows.${issue.silent}`)} short /> : <span>—</span>}
      </td>
    </tr>
  )
}

function Chips({ one, ids }: { one: Bench; ids: readonly string[] }) {
  const { t } = useTranslation('disputes')
  const shown = ids.flatMap((id) => one.exhibits.filter((exhibit) => exhibit.id === id))
  if (shown.length === 0) return <span className="x-dim">{t('page.nothing')}</span>
  return (
    <span className="dp-chips">
      {shown.map((exhibit) => (
        <a key={exhibit.id} href={`#exhibit-${exhibit.number}`} title={t(`page.weight.${exhibit.weight as 'high'}`)}>
          #{exhibit.number} {t(`page.kind.${exhibit.kind as 'statement'}`)}
        </a>
      ))}
    </span>
  )
}
