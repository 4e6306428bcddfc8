import { Segmented } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { Panes } from '@/ui/Matter'
import { Sheet } from '@/ui/Sheet'
import { DialogueList } from './DialogueList'
import { DialoguePanel } from './DialoguePanel'
import { ExamsPart } from './ExamsPart'
import { LessonsPart } from './LessonsPart'
import './learning.css'

const PARTS = ['dialogues', 'lessons', 'exams'] as const
type PartName = (typeof PARTS)[number]

/** What buyers' discontent teaches: one's unsatisfied dialogues, the team's lessons, exams and one's plan. */
export default function LearningPage({ shop, leads, base }: { shop: string; leads: boolean; base: string }) {
  const { t } = useTranslation('learning')
  const navigate = useNavigate()
  const { part = 'dialogues', item } = useParams()
  const chosen: PartName = PARTS.find((one) => one === part) ?? 'dialogues'
  const open = chosen === 'dialogues' ? item : undefined
  const list = (
    <Sheet
      title={t('title')}
      hint={t(leads ? 'hint_lead' : 'hint_agent')}
      extra={
        <Segmented
          aria-label={t('title')}
          value={chosen}
          options={PARTS.map((one) => ({ value: one, label: t(`part.${one}`) }))}
          onChange={(one) => void navigate(`${base}/${one}`)}
        />
      }
    >
      {chosen === 'dialogues' ? <DialogueList shop={shop} base={base} leads={leads} /> : null}
      {chosen === 'lessons' ? <LessonsPart shop={shop} leads={leads} /> : null}
      {chosen === 'exams' ? <ExamsPart shop={shop} leads={leads} /> : null}
    </Sheet>
  )
  return (
    <Panes open={open !== undefined} list={list} label={t('dialogue.title')}>
      {open ? <DialoguePanel key={open} shop={shop} id={open} onClose={() => void navigate(`${base}/dialogues`)} /> : null}
    </Panes>
  )
}
