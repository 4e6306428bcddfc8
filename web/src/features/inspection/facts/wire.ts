import type { Answer } from '@/api'

export type Fact = Answer<'/api/v1/shops/{shop}/facts', 'get'>['data'][number]
export type FactWish = Pick<Fact, 'title' | 'about' | 'says' | 'never'>
