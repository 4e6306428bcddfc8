/** What is given, on the wire, by the names pages use. */
import type { Answer } from '@/api/wire'

export type Grant = Answer<'/public/v1/me/compensation', 'get'>['data'][number]
export type GrantWhole = Answer<'/public/v1/me/compensation/{grant}', 'get'>
export type Packets = Answer<'/api/v1/shops/{shop}/red-packets', 'get'>

export type MyPoints = Answer<'/public/v1/me/points', 'get'>

export const POINTS = 'PTS'
export const PURPOSES = ['price_difference', 'postage', 'comfort', 'gift', 'campaign'] as const
