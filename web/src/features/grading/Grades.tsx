import { useTranslation } from '@/i18n/react'
import { useFigures } from '@/ui/figures'
import { type Column, Rows } from '@/ui/Rows'
import { STEPS } from './sheet'
import type { Grade, StepName } from './wire'

/** The sheets about one talk side by side: steps with their evidence, the score each comes to, what was remarked. */
export function Grades({ grades, machine }: { grades: readonly Grade[]; machine?: number | null | undefined }) {
  const { t } = useTranslation('grading')
  const { figure } = useFigures()
  const { t: inspected } = useTranslation('inspection')
  if (grades.length === 0) return null
  const columns: readonly Column<StepName>[] = [
    { id: 'step', title: t('sheet.steps'), render: (step) => inspected(`step.${step}`) },
    ...grades.map((grade) => ({
      id: grade.id,
      title: t(`seat.${grade.seat}`),
      render: (step: StepName) => {
        const mark = grade.sheet.steps.find((one) => one.step === step)
        return mark ? (
          <>
            <strong>{mark.points ?? '–'}</strong> <span className="x-dim">{(mark.versions ?? []).map((version) => `#${version}`).join(' ')}</span>
            {mark.remark ? <span className="x-said"> {mark.remark}</span> : null}
          </>
        ) : (
          '–'
        )
      },
    })),
  ]
  return (
    <section>
      <h3>{t('grades.title')}</h3>
      <Rows label={t('grades.title')} columns={columns} rows={STEPS} rowKey={(step) => step} />
      <ul className="gr-totals">
        {grades.map((grade) => (
          <li key={grade.id}>
            {t(`seat.${grade.seat}`)} {grade.person_name} <strong>{figure(grade.score)}</strong>
            {grade.sheet.red_line ? ` · ${t('sheet.red_line')}` : ''}
            {grade.sheet.remark ? <span className="x-said"> {grade.sheet.remark}</span> : null}
          </li>
        ))}
        {machine === undefined ? null : (
          <li>
            {t('agreement.machine')} <strong>{figure(machine)}</strong>
          </li>
        )}
      </ul>
    </section>
  )
}
