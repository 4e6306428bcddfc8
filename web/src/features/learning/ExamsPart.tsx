import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useFigures } from '@/ui/figures'
import { FormDialog } from '@/ui/FormDialog'
import { StandWord } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Part } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { lazily } from '@/ui/lazily'
import type { ExamLine, TrainingTask } from './wire'

const ExamDialog = lazily(() => import('./ExamDialog'))

interface Wish {
  title: string
  questions: number
}

/** Exams made of the shop's own masked cases, and what one is to learn until when. */
export function ExamsPart({ shop, leads }: { shop: string; leads: boolean }) {
  const { t } = useTranslation('learning')
  const queries = useQueryClient()
  const [setting, setSetting] = useState(false)
  const [sitting, setSitting] = useState<string | null>(null)
  const changed = () => queries.invalidateQueries({ queryKey: ['learning', shop] })
  const pages = useCursorPages<ExamLine>(['learning', shop, 'exams'], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/exams', { params: { path: { shop }, query: { limit: 20, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const columns: readonly Column<ExamLine>[] = [
    { id: 'title', title: t('exam.title'), render: (one) => <strong>{one.title}</strong> },
    { id: 'size', title: t('exam.questions'), render: (one) => `${one.questions} · ${t('exam.pass', { percent: one.pass_percent })}` },
    { id: 'mine', title: t('exam.mine'), render: (one) => <Result one={one} /> },
  ]
  return (
    <>
      <Plan shop={shop} />
      <Part
        title={t('part.exams')}
        extra={
          leads ? (
            <Button type="primary" onClick={() => setSetting(true)}>
              {t('exam.set')}
            </Button>
          ) : null
        }
      >
        <StateBlock
          state={stateOf(pages, pages.items.length === 0)}
          skeleton="table"
          title={t('exam.none')}
          hint={t('exam.none_hint')}
          error={pages.isError ? asRefusal(pages.error) : null}
          onRetry={() => void pages.refetch()}
        >
          <Rows
            label={t('part.exams')}
            columns={columns}
            rows={pages.items}
            rowKey={(one) => one.id}
            renderActions={(one) => (
              <>
                {one.retired_at ? null : <Button onClick={() => setSitting(one.id)}>{t('exam.sit')}</Button>}
                {leads && !one.retired_at ? (
                  <SureButton
                    danger
                    label={t('exam.retire')}
                    sentence={t('exam.retire_then')}
                    run={async () => {
                      await api.POST('/api/v1/shops/{shop}/exams/{exam}/retire', { params: { path: { shop, exam: one.id } } })
                      await changed()
                    }}
                  />
                ) : null}
              </>
            )}
          />
          <MoreRows pages={pages} />
        </StateBlock>
      </Part>
      {setting ? (
        <FormDialog<Wish>
          title={t('exam.set')}
          initial={{ questions: 10 }}
          onSubmit={async (values) => {
            await api.POST('/api/v1/shops/{shop}/exams', { params: { path: { shop } }, body: values })
            await changed()
          }}
          onClose={() => setSetting(false)}
        >
          <Form.Item name="title" label={t('exam.title')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name="questions" label={t('exam.questions')} extra={t('exam.made_of')}>
            <InputNumber min={1} max={50} />
          </Form.Item>
        </FormDialog>
      ) : null}
      {sitting ? <ExamDialog shop={shop} exam={sitting} onDone={changed} onClose={() => setSitting(null)} /> : null}
    </>
  )
}

function Result({ one }: { one: ExamLine }) {
  const { t } = useTranslation('learning')
  const { percent } = useFigures()
  if (one.percent === null) return <>–</>
  return (
    <StandWord look={one.passed ? 'settled' : 'breach'}>
      {percent(one.percent)} · {t(one.passed ? 'exam.passed' : 'exam.failed')}
    </StandWord>
  )
}

function Plan({ shop }: { shop: string }) {
  const { t } = useTranslation('learning')
  const query = useQuery({
    queryKey: ['learning', shop, 'training'],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/training', { params: { path: { shop }, query: { limit: 50 } }, signal }),
  })
  const rows = query.data?.data ?? []
  if (rows.length === 0) return null
  const columns: readonly Column<TrainingTask>[] = [
    { id: 'title', title: t('plan.what'), render: (one) => `${t(`task.${one.kind}`)} · ${one.title}` },
    { id: 'who', title: t('dialogue.agent'), render: (one) => one.person_name },
    { id: 'due', title: t('plan.due'), render: (one) => <RelativeTime at={one.due_at} /> },
    {
      id: 'done',
      title: t('dialogue.state'),
      render: (one) => <StandWord look={one.done_at ? 'settled' : 'accent'}>{t(one.done_at ? 'plan.done' : 'plan.open')}</StandWord>,
    },
  ]
  return (
    <Part title={t('plan.title')}>
      <Rows label={t('plan.title')} columns={columns} rows={rows} rowKey={(one) => one.id} />
    </Part>
  )
}
