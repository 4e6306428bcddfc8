export { keepFile as upload } from '@/api'

export const PURPOSE = 'complaint' as const
export const PAGE = 50
