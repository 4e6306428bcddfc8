import { useQuery } from '@tanstack/react-query'
import { Alert, Modal, Radio } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import type { ExamTry } from './wire'

/** The rule exam: questions to answer, then how it went. */
export function ExamDialog({ shop, onDone, onClose }: { shop: string; onDone: () => unknown; onClose: () => void }) {
  const { t } = useTranslation('penalties')
  const language = useLanguage()
  const [answers, setAnswers] = useState<Record<string, number>>({})
  const [marked, setMarked] = useState<ExamTry | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const query = useQuery({
    queryKey: ['penalties', shop, 'exam', language],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/exam', { params: { path: { shop } }, signal }),
  })
  const questions = query.data?.questions ?? []
  const handIn = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      const found = await api.POST('/api/v1/shops/{shop}/exam', { params: { path: { shop } }, body: { answers } })
      setMarked(found)
      announce(t(found.passed ? 'exam.passed' : 'exam.failed', { good: found.good, asked: found.asked }))
      await onDone()
    } catch (error) {
      setTrouble(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={680}
      title={t('exam.title')}
      okText={t('exam.hand_in')}
      confirmLoading={busy}
      okButtonProps={{ disabled: questions.length === 0 || Object.keys(answers).length < questions.length, hidden: marked !== null }}
      onOk={() => void handIn()}
      onCancel={onClose}
    >
      {marked ? <Alert type={marked.passed ? 'success' : 'warning'} showIcon title={t(marked.passed ? 'exam.passed' : 'exam.failed', { good: marked.good, asked: marked.asked })} /> : null}
      {trouble ? <Trouble error={trouble} /> : null}
      <StateBlock state={stateOf(query, false)} skeleton="list" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {marked ? null : (
          <>
            <p className="x-dim">{t('exam.hint', { percent: query.data?.pass_percent ?? 0 })}</p>
            {questions.map(({ id, ask, answers: choices }) => (
              <fieldset key={id} className="xp-question">
                <legend>{ask}</legend>
                <Radio.Group
                  style={{ display: 'grid', gap: 6 }}
                  value={answers[id]}
                  onChange={(event) => setAnswers((before) => ({ ...before, [id]: event.target.value as number }))}
                  options={choices.map((label, value) => ({ label, value }))}
                  name={id}
                  aria-label={ask}
                />
              </fieldset>
            ))}
          </>
        )}
      </StateBlock>
    </Modal>
  )
}
