import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { Countdown } from '@/ui/Countdown'
import { useFigures } from '@/ui/figures'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import { Grades } from './Grades'
import { SheetForm } from './SheetForm'
import { TalkToGrade } from './TalkToGrade'
import { type AppealOpened, decideAppeal, openAppeal, type Sheet } from './wire'

interface Props {
  shop: string
  id: string
  onDone: () => void
}

/** An appeal before whoever decides it: the agent's words, the score and its grades, the masked talk. */
export function AppealPanel({ shop, id, onDone }: Props) {
  const query = useQuery({ queryKey: ['grading', 'appeal', id], queryFn: () => openAppeal(shop, id), staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="thread" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? <Opened shop={shop} one={query.data} onDone={onDone} /> : null}
    </StateBlock>
  )
}

function Opened({ shop, one, onDone }: { shop: string; one: AppealOpened; onDone: () => void }) {
  const { t } = useTranslation('grading')
  const { figure } = useFigures()
  const queries = useQueryClient()
  const [answer, setAnswer] = useState<'keep' | 'change'>('keep')
  const [reason, setReason] = useState('')
  const [trouble, setTrouble] = useState<unknown>(null)
  const send = async (sheet: Sheet | null) => {
    await decideAppeal(shop, one.appeal.id, reason, sheet)
    announce(t('appeal.sent'))
    await queries.invalidateQueries({ queryKey: ['grading', 'appeals'] })
    onDone()
  }
  const because = (
    <Input.TextArea aria-label={t('appeal.reason')} placeholder={t('appeal.reason')} rows={3} maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} />
  )
  return (
    <>
      <h2>
        {t('appeal.title')} · {figure(one.standing.score)}
      </h2>
      {one.appeal.due_at ? <Countdown due={one.appeal.due_at} then={t('appeal.silence')} /> : null}
      <blockquote className="x-said">{one.appeal.text}</blockquote>
      <Grades grades={one.standing.grades} machine={one.standing.machine} />
      <Segmented
        aria-label={t('appeal.answer')}
        value={answer}
        onChange={setAnswer}
        options={[
          { value: 'keep', label: t('appeal.keep') },
          { value: 'change', label: t('appeal.change') },
        ]}
      />
      {answer === 'change' ? (
        <SheetForm talk={one.talk} submit={t('appeal.change')} onSubmit={send}>
          {because}
        </SheetForm>
      ) : (
        <>
          <TalkToGrade lines={one.talk} />
          {because}
          {trouble ? <Trouble error={trouble} /> : null}
          <Button type="primary" disabled={!reason.trim()} onClick={() => void send(null).catch(setTrouble)}>
            {t('appeal.keep')}
          </Button>
        </>
      )}
    </>
  )
}
