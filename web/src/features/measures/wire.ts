/** Measures as they travel, by the names the pages use. */
import type { Answer } from '@/api'

export type Notice = Answer<'/public/v1/marketplaces/{slug}/measures', 'get'>['data'][number]
export type Measure = Answer<'/platform/v1/measures', 'get'>['data'][number]
