import { useTranslation } from '@/i18n/react'
import { type Look, StandWord } from '@/ui/Matter'
import type { Grade } from './wire'

const LOOKS: Readonly<Record<Grade, Look>> = { excellent: 'settled', good: 'settled', fair: 'waiting', poor: 'soon', failed: 'breach' }

/** A grade in a word. */
export function GradeWord({ grade }: { grade: Grade | null }) {
  const { t } = useTranslation('inspection')
  return <StandWord look={grade ? LOOKS[grade] : 'over'}>{t(grade ? `grade.${grade}` : 'grade.none')}</StandWord>
}
