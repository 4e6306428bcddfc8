import { useTranslation } from '@/i18n/react'
import { useWhoTypes } from '../data/usePresence'
import type { Presence } from '../model/presence'

/** Who is typing now; the line keeps its height, so that nothing jumps. */
export function TypingLine({ presence }: { presence: Presence }) {
  const { t } = useTranslation('conversations')
  const names = useWhoTypes(presence)
  return <div className="xd-typing">{names.length > 0 ? t('desk.typing', { names: names.join(', '), count: names.length }) : ''}</div>
}
