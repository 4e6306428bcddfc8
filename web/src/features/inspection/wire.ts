/** Inspected consultations on the wire, by the names the pages use. */
import type { Answer } from '@/api'

export type Strip = Answer<'/api/v1/shops/{shop}/conversations/{conversation}/steps', 'get'>
export type StepScore = Strip['steps'][number]
export type ScoreLine = Answer<'/api/v1/shops/{shop}/inspections', 'get'>['data'][number]
export type Score = Answer<'/api/v1/shops/{shop}/inspections/{inspection}', 'get'>
export type Inspection = Score['result']
export type Grade = NonNullable<ScoreLine['grade']>
export type Figures = Answer<'/api/v1/shops/{shop}/inspection-figures', 'get'>
