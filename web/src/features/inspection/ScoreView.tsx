import { useTranslation } from '@/i18n/react'
import { type Column, Rows } from '@/ui/Rows'
import { useFigures } from '@/ui/figures'
import { RulesVersion } from '@/ui/RulesVersion'
import { GradeWord } from './GradeWord'
import type { Inspection, Score } from './wire'

type PartLine = Inspection['parts'][number]
type Deduction = Inspection['deductions'][number]

/** One inspection: its score, the parts it comes from, what cost points and in which messages, the six steps. */
export function ScoreView({ one }: { one: Score }) {
  const { t } = useTranslation('inspection')
  const { figure } = useFigures()
  const { result } = one
  const parts: readonly Column<PartLine>[] = [
    { id: 'part', title: t('page.part'), render: (part) => t(`part.${part.name}`) },
    { id: 'points', title: t('page.points'), render: (part) => figure(part.points) },
    { id: 'weight', title: t('page.weight'), render: (part) => part.maximum },
    { id: 'row', title: t('page.row'), render: (part) => <code>{part.row}</code> },
  ]
  const deductions: readonly Column<Deduction>[] = [
    { id: 'reason', title: t('page.reason'), render: (line) => t(`reason.${line.reason}` as 'reason.unanswered') },
    { id: 'points', title: t('page.points'), render: (line) => `−${figure(line.points)}` },
    { id: 'basis', title: t('page.basis'), render: (line) => <code>{`${line.row} · ${line.basis}`}</code> },
    { id: 'where', title: t('page.where'), render: (line) => line.versions.join(', ') },
  ]
  return (
    <>
      <header>
        <h2>
          {figure(result.score)} <GradeWord grade={result.grade} />
        </h2>
        <p className="x-dim">
          {t('page.read', { messages: result.messages })} · <RulesVersion version={result.rules} />
        </p>
      </header>
      <ol className="in-strip" aria-label={t('strip.title')}>
        {result.steps.map((step) => (
          <li key={step.step} data-points={step.points ?? 'none'}>
            {t(`step.${step.step}`)} <strong>{step.points ?? '–'}</strong>
          </li>
        ))}
      </ol>
      <Rows label={t('page.parts')} columns={parts} rows={result.parts} rowKey={(part) => part.name} />
      {result.deductions.length > 0 ? (
        <>
          <h3>{t('page.deductions')}</h3>
          <Rows label={t('page.deductions')} columns={deductions} rows={result.deductions} rowKey={(line) => `${line.part} ${line.reason} ${line.row}`} />
        </>
      ) : null}
    </>
  )
}
