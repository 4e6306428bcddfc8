/** Ratings, unsatisfied dialogues, lessons and exams on the wire, by the names the pages use. */
import { type Answer, api, type Body } from '@/api'

export type DialogueWhole = Answer<'/api/v1/shops/{shop}/dialogues/{dialogue}', 'get'>
export type DialogueLine = Answer<'/api/v1/shops/{shop}/dialogues', 'get'>['data'][number]
export type DialogueState = DialogueLine['dialogue']['state']
export type PlanWish = Body<'/api/v1/shops/{shop}/dialogues/{dialogue}/plan', 'post'>
export type Cause = PlanWish['cause']
export type Lesson = Answer<'/api/v1/shops/{shop}/lessons', 'get'>['data'][number]
export type LessonWish = Body<'/api/v1/shops/{shop}/lessons', 'post'>
export type ExamLine = Answer<'/api/v1/shops/{shop}/exams', 'get'>['data'][number]
export type Exam = Answer<'/api/v1/shops/{shop}/exams/{exam}', 'get'>
export type Sitting = Answer<'/api/v1/shops/{shop}/exams/{exam}/sittings', 'post'>
export type TrainingTask = Answer<'/api/v1/shops/{shop}/training', 'get'>['data'][number]
export type Figures = Answer<'/api/v1/shops/{shop}/rating-figures', 'get'>
export type AgentFigures = Figures['agents'][number]

export const CAUSES = ['operation', 'information', 'attitude'] as const satisfies readonly Cause[]

const at = (shop: string, dialogue: string) => ({ params: { path: { shop, dialogue } } })

/** What can be done with a dialogue, by the name of the deed. */
export const deeds = {
  plan: (shop: string, id: string, body: PlanWish) => api.POST('/api/v1/shops/{shop}/dialogues/{dialogue}/plan', { ...at(shop, id), body }),
  contest: (shop: string, id: string, words: string) => api.POST('/api/v1/shops/{shop}/dialogues/{dialogue}/contest', { ...at(shop, id), body: { words } }),
  decide: (shop: string, id: string, body: { set_aside: boolean; words: string }) =>
    api.POST('/api/v1/shops/{shop}/dialogues/{dialogue}/decision', { ...at(shop, id), body }),
  hint: (shop: string, id: string, text: string) => api.POST('/api/v1/shops/{shop}/dialogues/{dialogue}/hints', { ...at(shop, id), body: { text } }),
}

export const shareLesson = (shop: string, body: LessonWish) => api.POST('/api/v1/shops/{shop}/lessons', { params: { path: { shop } }, body })
