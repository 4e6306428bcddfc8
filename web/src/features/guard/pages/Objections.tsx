import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { asRefusal, useCursorPages, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { Countdown } from '@/ui/Countdown'
import { FormDialog } from '@/ui/FormDialog'
import { type Look, StandWord } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { NextActions } from '@/ui/NextActions'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Why } from '@/ui/Why'
import { Paper } from './Paper'
import { decide, KEY, type ObjectionLine, objections, PROPOSALS_KEY, withdraw } from './wire'

const LOOKS: Readonly<Record<ObjectionLine['objection']['state'], Look>> = { lodged: 'waiting', overdue: 'breach', upheld: 'settled', dismissed: 'over', withdrawn: 'over' }
const EVERY_MS = 30_000

/** What agents say was held back wrongly, the newest first; `mine`: only what one said oneself. */
export function Objections({ shop, mine = false }: { shop: string | null; mine?: boolean }) {
  const { t } = useTranslation('objections')
  const queries = useQueryClient()
  const [deciding, setDeciding] = useState<ObjectionLine | null>(null)
  const pages = useCursorPages<ObjectionLine>([...KEY, shop, mine], (after, signal) => objections(shop, mine, after, signal), { refetchInterval: EVERY_MS })
  const again = () => queries.invalidateQueries({ queryKey: KEY })
  // No topic tells of all shops: who decides for the marketplace hears what has become his to decide.
  const me = useMe()
  const news = shop === null ? 'objections.overdue' : 'objections.moved'
  useTopic(shop === null ? `person:${me.id}` : `shop:${shop}`, refreshing(again, ({ name }) => void (name === news && again())))
  return (
    <StateBlock
      state={stateOf(pages, pages.items.length === 0)}
      skeleton="table"
      title={t(mine ? 'mine.none' : 'objection.none')}
      hint={mine ? t('mine.none_hint') : undefined}
      error={pages.isError ? asRefusal(pages.error) : null}
      onRetry={() => void pages.refetch()}
    >
      <ul className="gp-list" aria-label={t('part.objections')}>
        {pages.items.map((line) => (
          <One key={line.objection.id} line={line} onDecide={() => setDeciding(line)} onDone={again} />
        ))}
      </ul>
      <MoreRows pages={pages} />
      {deciding ? <DecisionDialog shop={shop} line={deciding} onDone={again} onClose={() => setDeciding(null)} /> : null}
    </StateBlock>
  )
}

function One({ line, onDecide, onDone }: { line: ObjectionLine; onDecide: () => void; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation('objections')
  const { t: guard } = useTranslation('guard')
  const { objection: one, proposal } = line
  const spot = one.findings.find((found) => found.row === one.row && found.kind === one.kind)
  const reason = guard(`reason.${spot?.reason as 'insult'}`)
  return (
    <li className="gp-one">
      <p>
        <StandWord look={LOOKS[one.state]}>{t(`state.${one.state}`)}</StandWord> <strong>{line.person_name}</strong> <span className="x-dim">{line.shop_name}</span>{' '}
        <RelativeTime at={one.lodged_at} /> {one.state === 'lodged' && one.due_at ? <Countdown due={one.due_at} then={t(`due.${one.level}`)} onDue={() => void onDone()} /> : null}
      </p>
      {one.state === 'overdue' ? <p>{t(`overdue.${one.level}`)}</p> : null}
      <blockquote>{one.text}</blockquote>
      <p>
        <q>{spot?.words}</q> {guard(`kind.${one.kind}`)} · {t(`level.${one.level}`)} <Why outcome={reason} row={one.row} basis={spot?.basis ?? null} inputs={[{ label: guard('desk.kind'), value: guard(`kind.${one.kind}`) }]} />
      </p>
      <p>
        {t('objection.reason')}: {one.reason} {one.file ? <Paper file={one.file} url={line.file_url ?? null} /> : null}
      </p>
      {one.decision ? (
        <p>
          {t('decision.reason')}: {one.decision} <span className="x-dim">{line.decided_by_name}</span>
        </p>
      ) : null}
      {proposal ? (
        <p>
          {t('decision.phrase')}: <q>{proposal.phrase}</q> · {t(`proposal_state.${proposal.state}`)}
        </p>
      ) : null}
      <NextActions
        size="small"
        deeds={one.state === 'lodged' || one.state === 'overdue' ? line.deeds : []}
        actions={{
          decide: { label: t('deed.decide'), run: onDecide, primary: true },
          withdraw: { label: t('deed.withdraw'), run: () => withdraw(one.shop, one.id).then(onDone), hideRefused: true },
        }}
      />
    </li>
  )
}

interface Values {
  upheld: boolean
  phrase?: string
  reason: string
}

function DecisionDialog({ shop, line, onDone, onClose }: { shop: string | null; line: ObjectionLine; onDone: () => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation('objections')
  const queries = useQueryClient()
  const one = line.objection
  const words = one.findings.find((found) => found.row === one.row && found.kind === one.kind)?.words ?? ''
  const send = async ({ upheld, phrase, reason }: Values) => {
    await decide(shop, one.id, { upheld, reason, phrase: upheld && phrase?.trim() ? phrase.trim() : null })
    await Promise.all([onDone(), queries.invalidateQueries({ queryKey: PROPOSALS_KEY })])
  }
  return (
    <FormDialog<Values> title={t('decision.title')} submit={t('deed.decide')} initial={{ phrase: words }} onSubmit={send} onClose={onClose}>
      {(form) => (
        <>
          <blockquote className="gp-quote">{one.text}</blockquote>
          {one.file ? <p><Paper file={one.file} url={line.file_url ?? null} /></p> : null}
          <Form.Item name="upheld" label={t('decision.upheld')} rules={[{ required: true }]}>
            <Radio.Group
              options={[
                { value: true, label: t('decision.yes') },
                { value: false, label: t('decision.no') },
              ]}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate>
            {() =>
              form.getFieldValue('upheld') === true ? (
                <Form.Item name="phrase" label={t('decision.phrase')} extra={t('decision.phrase_hint')}>
                  <Input maxLength={100} />
                </Form.Item>
              ) : null
            }
          </Form.Item>
          <Form.Item name="reason" label={t('decision.reason')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={3} maxLength={1000} showCount />
          </Form.Item>
        </>
      )}
    </FormDialog>
  )
}
