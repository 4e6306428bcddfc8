import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { StateBlock } from '@/ui/StateBlock'

export function NotFound() {
  const { t } = useTranslation('ui')
  return <StateBlock state="empty" title={t('app.not_found')} action={<Link to="/">{t('app.start')}</Link>} />
}
