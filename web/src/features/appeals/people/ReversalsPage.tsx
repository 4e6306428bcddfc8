import { useTranslation } from '@/i18n/react'
import '@/ui/matter.css'
import { Figures } from './Figures'

/** Reversal rates for administrators: whose decisions are reversed how often. */
export default function ReversalsPage() {
  const { t } = useTranslation('appeals')
  return (
    <div className="x-matter">
      <title>{t('figures.title')}</title>
      <Figures />
    </div>
  )
}
