import { useTranslation } from '@/i18n/react'
import type { Summary } from '../wire'

/** The last words of a conversation in one line, as a list shows them. */
export function useLastWords(summary: Summary): string {
  const { t } = useTranslation('conversations')
  const { last_kind: kind, last_text: text, last_role: role } = summary
  if (!kind) return t('desk.list.nothing_yet')
  const words = kind === 'text' ? text : [t(`desk.kind.${kind}`), text].filter(Boolean).join(' ')
  if (role === 'buyer' || kind === 'recall') return words
  return t(role === 'auto' || role === 'bot' ? 'desk.list.said_by_program' : 'desk.list.said_by_us', { words })
}
