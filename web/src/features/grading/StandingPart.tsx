import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { useFigures } from '@/ui/figures'
import { FormDialog } from '@/ui/FormDialog'
import { DecisionsButton } from '@/ui/Decisions'
import { Steps } from '@/ui/Matter'
import { NextActions } from '@/ui/NextActions'
import { RelativeTime } from '@/ui/RelativeTime'
import { RulesVersion } from '@/ui/RulesVersion'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Grades } from './Grades'
import { AppealStand } from './Lists'
import { lodge, type Standing, standing, whyStanding, withdrawAppeal } from './wire'
import './grading.css'

interface Props {
  shop: string
  score: string
}

/** How a score stands: what people gave instead of the machine, what was appealed, and until when one may appeal. */
export default function StandingPart({ shop, score }: Props) {
  const query = useQuery({ queryKey: ['grading', 'standing', score], queryFn: ({ signal }) => standing(shop, score, signal) })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? <Shown shop={shop} score={score} one={query.data} /> : null}
    </StateBlock>
  )
}

function Shown({ shop, score, one }: Props & { one: Standing }) {
  const { t } = useTranslation('grading')
  const queries = useQueryClient()
  const { figure } = useFigures()
  const [appealing, setAppealing] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: ['grading', 'standing', score] })
  const { appeal } = one
  const mayAppeal = one.deeds.some((deed) => deed.deed === 'appeal' && deed.allowed)
  const withdraw = async () => {
    if (!appeal) return
    await withdrawAppeal(shop, appeal.id)
    await again()
  }
  return (
    <section className="gr-standing">
      <h3>{t('standing.title')}</h3>
      <p>
        {t('standing.stands')} <strong>{figure(one.score)}</strong> · {t('agreement.machine')} {figure(one.machine)} <span className="x-dim">
          <RulesVersion version={one.rules} />
        </span>
      </p>
      {one.being_graded ? <p>{t('standing.being_graded')}</p> : null}
      {one.settlements.map((added) => (
        <p key={added.at}>
          {t(`source.${added.source}`)} <strong>{figure(added.score)}</strong>{' '}
          <span className="x-dim">
            <code>{added.row}</code> · <RelativeTime at={added.at} />
          </span>
        </p>
      ))}
      <Grades grades={one.grades} />
      {one.settlements.length > 0 || appeal ? (
        <DecisionsButton queryKey={['grading', 'standing-why', score, one.settlements.length, appeal?.state]} load={(signal) => whyStanding(shop, score, signal)} label={t('standing.why')} />
      ) : null}
      {appeal ? (
        <>
          <p>
            <AppealStand state={appeal.state} /> {appeal.due_at ? <Countdown due={appeal.due_at} then={t('appeal.silence')} /> : null}
          </p>
          <Steps
            steps={one.history.map((step) => ({
              key: step.version,
              title: t(`event.${step.event}` as 'event.drawn'),
              by: step.person_name || t('by_program'),
              at: step.at,
              text: step.text,
            }))}
          />
        </>
      ) : null}
      {mayAppeal ? <Countdown due={one.until} then={t('standing.window')} /> : null}
      <NextActions
        deeds={one.deeds}
        actions={{
          appeal: { label: t('standing.appeal'), run: () => setAppealing(true), hideRefused: true },
          withdraw: { label: t('standing.withdraw'), run: withdraw, hideRefused: true },
        }}
      />
      {appealing ? (
        <FormDialog<{ text: string }>
          title={t('standing.appeal')}
          submit={t('standing.appeal')}
          onSubmit={async ({ text }) => {
            await lodge(shop, score, text)
            await again()
          }}
          onClose={() => setAppealing(false)}
        >
          <Form.Item name="text" label={t('appeal.text')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={5} maxLength={4000} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
    </section>
  )
}
