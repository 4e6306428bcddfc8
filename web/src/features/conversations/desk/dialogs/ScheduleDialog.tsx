import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { useDesk } from '../data/deskStore'
import { newClientId } from '../model/ids'
import { postScheduled } from '../server'
import type { Summary } from '../wire'
import { DeedDialog } from './DeedDialog'
import { MomentChoice } from './MomentChoice'

/** When the words shall be sent. */
export default function ScheduleDialog({ summary, text, close, done }: { summary: Summary; text: string; close: () => void; done: () => void }) {
  const { t } = useTranslation('conversations')
  const store = useDesk()
  const queries = useQueryClient()
  const [at, setAt] = useState<Date | null>(null)
  const [id] = useState(newClientId)
  const run = async (): Promise<boolean> => {
    try {
      await postScheduled({ shop: store.shop, conversation: summary.id }, { client_id: id, kind: 'text', text: text.trim(), send_at: at?.toISOString() ?? '' })
    } catch (error) {
      const refusal = asRefusal(error)
      store.tell({ text: refusal.message, row: refusal.row })
      return false
    }
    store.tell(null)
    announce(t('desk.schedule.done'))
    await queries.invalidateQueries({ queryKey: ['desk', store.shop, 'scheduled', summary.id] })
    done()
    return true
  }
  return (
    <DeedDialog title={t('desk.schedule.title')} verb={t('desk.schedule.verb')} ready={at !== null} run={run} close={close}>
      <blockquote className="xd-blockquote">{text}</blockquote>
      <MomentChoice chosen={at} choose={setAt} />
    </DeedDialog>
  )
}
