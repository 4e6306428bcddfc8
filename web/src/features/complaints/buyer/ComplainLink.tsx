import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import '../parts/complaints.css'

/** The way from an order or a chat to a complaint. */
export function ComplainLink({ to, words }: { to: string; words: 'order.complain' | 'chat.complain' }) {
  const { t } = useTranslation('complaints')
  return (
    <Link className="cp-button" to={to}>
      {t(words)}
    </Link>
  )
}
