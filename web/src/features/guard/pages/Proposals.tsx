import { useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { type Look, StandWord } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { NextActions } from '@/ui/NextActions'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { TrialResult } from './TrialResult'
import { accept, decline, PROPOSALS_KEY as KEY, type ProposalLine, proposals, tryOut } from './wire'

const LOOKS: Readonly<Record<ProposalLine['proposal']['state'], Look>> = { proposed: 'waiting', accepted: 'settled', declined: 'over' }
const EVERY_MS = 30_000

/** Phrases that shall pass from now on, the newest first. */
export function Proposals() {
  const { t } = useTranslation('objections')
  const queries = useQueryClient()
  const [answering, setAnswering] = useState<{ id: string; deed: 'accept' | 'decline' } | null>(null)
  const pages = useCursorPages<ProposalLine>(KEY, (after, signal) => proposals(after, signal), { refetchInterval: EVERY_MS })
  const again = () => queries.invalidateQueries({ queryKey: KEY })
  return (
    <StateBlock
      state={stateOf(pages, pages.items.length === 0)}
      skeleton="table"
      title={t('proposal.none')}
      error={pages.isError ? asRefusal(pages.error) : null}
      onRetry={() => void pages.refetch()}
    >
      <ul className="gp-list" aria-label={t('part.proposals')}>
        {pages.items.map((line) => (
          <One key={line.proposal.id} line={line} onAnswer={(deed) => setAnswering({ id: line.proposal.id, deed })} onDone={again} />
        ))}
      </ul>
      <MoreRows pages={pages} />
      {answering ? (
        <FormDialog<{ reason: string }>
          title={t(`deed.${answering.deed}`)}
          submit={t(`deed.${answering.deed}`)}
          onSubmit={async ({ reason }) => {
            await (answering.deed === 'accept' ? accept : decline)(answering.id, reason)
            await again()
          }}
          onClose={() => setAnswering(null)}
        >
          <p>{t(`proposal.${answering.deed}`)}</p>
          <Form.Item name="reason" label={t('decision.reason')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={3} maxLength={1000} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
    </StateBlock>
  )
}

function One({ line, onAnswer, onDone }: { line: ProposalLine; onAnswer: (deed: 'accept' | 'decline') => void; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation('objections')
  const { t: guard } = useTranslation('guard')
  const { proposal: one } = line
  return (
    <li className="gp-one">
      <p>
        <StandWord look={LOOKS[one.state]}>{t(`proposal_state.${one.state}`)}</StandWord> <strong>{one.phrase}</strong>{' '}
        <span className="x-dim">
          {t(`level.${one.level}`)} · {line.shop_name}
        </span>{' '}
        <RelativeTime at={one.proposed_at} />
      </p>
      <blockquote>{line.text}</blockquote>
      <p>
        {guard(`kind.${line.kind as 'abuse'}`)} · {t('objection.reason')}: {line.reason} <span className="x-dim">{line.person_name}</span>
      </p>
      <p>
        {t('decision.reason')}: {line.decision} <span className="x-dim">{line.proposed_by_name}</span>
      </p>
      {one.trial ? <TrialResult trial={one.trial} /> : null}
      {one.decision ? (
        <p>
          {t('proposal.answer')}: {one.decision} <span className="x-dim">{line.decided_by_name}</span>
        </p>
      ) : null}
      <NextActions
        size="small"
        deeds={one.state === 'proposed' ? line.deeds : []}
        actions={{
          try: { label: t('deed.try'), run: () => tryOut(one.id).then(onDone) },
          decline: { label: t('deed.decline'), run: () => onAnswer('decline') },
          accept: { label: t('deed.accept'), run: () => onAnswer('accept'), primary: true },
        }}
      />
    </li>
  )
}
