import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { Money } from '@/ui/Money'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
import { deedsOf } from '../parts/server'
import type { DisputeWhole, Place, Proposal } from '../parts/wire'

interface Props {
  place: Place
  one: DisputeWhole
  onMoved: (whole: DisputeWhole) => void
}

/** What somebody would settle for; an open one can be taken or declined. */
export function Proposals({ place, one, onMoved }: Props) {
  const open = one.proposals.filter((proposal) => proposal.state === 'open')
  const mayAnswer = one.deeds.some(({ deed, allowed }) => deed === 'answer' && allowed)
  return (
    <>
      {open.map((proposal) => (
        <Offer key={proposal.number} place={place} one={one} proposal={proposal} may={mayAnswer} onMoved={onMoved} />
      ))}
    </>
  )
}

function Offer({ place, one, proposal, may, onMoved }: Props & { proposal: Proposal; may: boolean }) {
  const { t } = useTranslation('disputes')
  const said = one.me === 'claimant' ? proposal.claimant_said : proposal.respondent_said
  const answer = async (accept: boolean) => onMoved(await deedsOf(place, one.id).answer(proposal.number, accept))
  const yes = useSend(() => answer(true))
  const no = useSend(() => answer(false))
  return (
    <section className="x-box" data-mark={may && said === null ? 'now' : undefined}>
      <h2>{t(proposal.kind === 'suspension' ? 'page.proposal_wait' : 'page.proposal')}</h2>
      <ProposalWords proposal={proposal} currency={one.currency} />
      <Countdown due={proposal.expires_at} set={proposal.at} then={t('page.proposal_then')} />
      {may && said === null ? (
        <div style={{ display: 'flex', gap: 8, marginTop: 8 }}>
          <Button loading={no.busy} onClick={() => void no.send()}>
            {t('page.decline')}
          </Button>
          <Button type="primary" loading={yes.busy} onClick={() => void yes.send()}>
            {t('page.accept')}
          </Button>
        </div>
      ) : (
        <p className="x-dim">{t('page.proposal_waits')}</p>
      )}
      {yes.trouble || no.trouble ? <Trouble error={yes.trouble ?? no.trouble} /> : null}
    </section>
  )
}

/** What a proposal would mean. */
export function ProposalWords({ proposal, currency }: { proposal: Proposal; currency: string }) {
  const { t } = useTranslation('disputes')
  return (
    <p>
      <span className="x-dim">{t(`side.${proposal.side}`)}: </span>
      {proposal.outcome ? <strong>{t(`outcome.${proposal.outcome}`)}</strong> : null}{' '}
      {proposal.amount_minor ? <Money minor={proposal.amount_minor} currency={currency} /> : null} {proposal.text}
    </p>
  )
}
