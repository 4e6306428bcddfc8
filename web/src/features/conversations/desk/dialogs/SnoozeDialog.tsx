import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useDesk } from '../data/deskStore'
import { useDeeds } from '../data/useDeeds'
import type { Summary } from '../wire'
import { DeedDialog } from './DeedDialog'
import { MomentChoice } from './MomentChoice'

/** Until when it is put aside; the buyer's next words bring it back at once. */
export function SnoozeDialog({ summary, close }: { summary: Summary; close: () => void }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const deeds = useDeeds({ shop, conversation: summary.id })
  const [until, setUntil] = useState<Date | null>(null)
  return (
    <DeedDialog
      title={t('desk.dialog.snooze')}
      verb={t('desk.deed.snooze')}
      ready={until !== null}
      run={async () => until !== null && (await deeds.snooze(until))}
      close={close}
    >
      <p style={{ margin: 0 }}>{t('desk.dialog.snooze_what')}</p>
      <MomentChoice chosen={until} choose={setUntil} />
    </DeedDialog>
  )
}
