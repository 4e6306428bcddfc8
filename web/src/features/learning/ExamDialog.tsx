import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { StandWord } from '@/ui/Matter'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import { MaskedTalk } from './MaskedTalk'
import type { Exam, Sitting } from './wire'

interface Props {
  shop: string
  exam: string
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** An exam: one masked case after the other, then what the answers come to. */
export default function ExamDialog({ shop, exam, onDone, onClose }: Props) {
  const { t } = useTranslation('learning')
  const [answers, setAnswers] = useState<Readonly<Record<string, number>>>({})
  const [result, setResult] = useState<Sitting | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const query = useQuery({
    queryKey: ['learning', shop, 'exam', exam],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/exams/{exam}', { params: { path: { shop, exam } }, signal }),
  })
  const questions = query.data?.questions ?? []
  const open = questions.filter((one) => answers[one.id] === undefined).length
  const hand_in = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      const marked = await api.POST('/api/v1/shops/{shop}/exams/{exam}/sittings', { params: { path: { shop, exam } }, body: { answers } })
      setResult(marked)
      announce(t('exam.result', { percent: marked.percent }))
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
      width={760}
      title={query.data?.title ?? t('part.exams')}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        result ? (
          <Button onClick={onClose}>{t('dialogue.close')}</Button>
        ) : (
          <Button type="primary" loading={busy} disabled={open > 0 || questions.length === 0} onClick={() => void hand_in()}>
            {open > 0 ? t('exam.open', { count: open }) : t('exam.hand_in')}
          </Button>
        )
      }
    >
      <StateBlock state={stateOf(query, false)} skeleton="form" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {result ? (
          <p role="status">
            <StandWord look={result.passed ? 'settled' : 'breach'}>
              {t('exam.result', { percent: result.percent })} · {t(result.passed ? 'exam.passed' : 'exam.failed')}
            </StandWord>
          </p>
        ) : null}
        {questions.map((one, place) => (
          <Question
            key={one.id}
            one={one}
            number={place + 1}
            chosen={answers[one.id]}
            wrong={result?.wrong.includes(one.id) ?? null}
            onChoose={result ? null : (option) => setAnswers({ ...answers, [one.id]: option })}
          />
        ))}
        {trouble ? <Trouble error={trouble} /> : null}
      </StateBlock>
    </Modal>
  )
}

interface QuestionProps {
  one: Exam['questions'][number]
  number: number
  chosen: number | undefined
  wrong: boolean | null
  onChoose: ((option: number) => void) | null
}

function Question({ one, number, chosen, wrong, onChoose }: QuestionProps) {
  const { t } = useTranslation('learning')
  return (
    <fieldset className="ln-question">
      <legend>
        {number}. {t(`question.${one.ask}`)}{' '}
        {wrong === null ? null : <StandWord look={wrong ? 'breach' : 'settled'}>{t(wrong ? 'exam.wrong' : 'exam.right')}</StandWord>}
      </legend>
      <MaskedTalk lines={one.talk} />
      <Radio.Group
        value={chosen}
        disabled={onChoose === null}
        onChange={(event) => onChoose?.(event.target.value as number)}
        options={one.options.map((option, place) => ({ value: place, label: t(one.ask === 'cause' ? `cause.${option as 'outside'}` : `step.${option as 'greet'}`) }))}
      />
    </fieldset>
  )
}
