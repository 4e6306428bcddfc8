import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { lazily } from '@/ui/lazily'
import type { HeldWords } from './held'

interface DialogProps extends HeldWords {
  onClose: () => void
}

const ProofDialog = lazily<DialogProps & { onProved: () => void }>(() => import('./ProofDialog'))
const ObjectionDialog = lazily<DialogProps>(() => import('./ObjectionDialog'))

/** What one may do with words that are held back, beside changing them: prove them, or appeal. */
export function HeldWays({ onProved, ...held }: HeldWords & { onProved: () => void }) {
  const { t } = useTranslation('objections')
  const [open, setOpen] = useState<'proof' | 'objection' | null>(null)
  const close = () => setOpen(null)
  return (
    <span className="xg-ways">
      <Button size="small" type="link" onClick={() => setOpen('proof')}>
        {t('desk.prove')}
      </Button>
      <Button size="small" type="link" onClick={() => setOpen('objection')}>
        {t('desk.object')}
      </Button>
      {open === 'proof' ? <ProofDialog {...held} onProved={onProved} onClose={close} /> : null}
      {open === 'objection' ? <ObjectionDialog {...held} onClose={close} /> : null}
    </span>
  )
}
