import { useTranslation } from '@/i18n/react'
import { Sheet } from '@/ui/Sheet'
import { Objections } from './Objections'
import './guardPages.css'

/** What one has appealed against the guard: how each stands, until when, what came of it and why. */
export default function MyObjections({ shop }: { shop: string }) {
  const { t } = useTranslation('objections')
  return (
    <Sheet title={t('mine.title')} hint={t('mine.hint')}>
      <Objections shop={shop} mine />
    </Sheet>
  )
}
