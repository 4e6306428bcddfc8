import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import type { Bench, Proposal } from '../parts/wire'
import { ProposalWords } from '../party/Proposals'

const SIDES = ['claimant', 'respondent'] as const

/** What somebody would settle for, as an officer follows it: who proposed, who said what, until when. */
export function Proposed({ one }: { one: Bench }) {
  const { t } = useTranslation('disputes')
  if (one.proposals.length === 0) return null
  return (
    <section className="x-box" aria-label={t('page.proposals')}>
      <h2>{t('page.proposals')}</h2>
      <ul className="x-list">
        {one.proposals.toReversed().map((proposal) => (
          <li key={proposal.number}>
            <ProposalWords proposal={proposal} currency={one.currency} />
            <p className="x-dim">
              {t(`page.proposal_state.${proposal.state}`)} ·{' '}
              {SIDES.map((side) => `${t(`side.${side}`)}${t('page.said_of')}${t(`page.said.${saidBy(proposal, side)}`)}`).join(' · ')}
            </p>
            {proposal.state === 'open' ? <Countdown due={proposal.expires_at} set={proposal.at} then={t('page.proposal_then')} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function saidBy(proposal: Proposal, side: (typeof SIDES)[number]): 'yes' | 'no' | 'nothing' {
  const said = side === 'claimant' ? proposal.claimant_said : proposal.respondent_said
  if (said === null) return 'nothing'
  return said ? 'yes' : 'no'
}
