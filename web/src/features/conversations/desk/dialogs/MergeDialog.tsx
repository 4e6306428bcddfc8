import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useDesk } from '../data/deskStore'
import { useDeeds } from '../data/useDeeds'
import { listConversations } from '../server'
import type { Summary } from '../wire'
import { DeedDialog } from './DeedDialog'
import { type Option, OptionList } from './OptionList'

const MOST = 100

/** Into which other conversation of the shop this one goes; it stops there for good. */
export function MergeDialog({ summary, close }: { summary: Summary; close: () => void }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const deeds = useDeeds({ shop, conversation: summary.id })
  const [into, setInto] = useState<string | null>(null)
  const { data } = useQuery({
    queryKey: ['desk', shop, 'merge targets'],
    queryFn: ({ signal }) => listConversations(shop, { view: 'all', limit: MOST }, signal),
  })
  const options = useMemo(
    () =>
      (data?.data ?? [])
        .filter((each) => each.id !== summary.id)
        .map((each): Option => ({ id: each.id, group: 'conversation', title: each.buyer.name || t('desk.buyer.nameless'), detail: each.last_text })),
    [data, summary.id, t],
  )
  return (
    <DeedDialog title={t('desk.dialog.merge')} verb={t('desk.deed.merge')} ready={into !== null} run={async () => into !== null && (await deeds.merge(into))} close={close}>
      <p style={{ margin: 0 }}>{t('desk.dialog.merge_what')}</p>
      <OptionList label={t('desk.dialog.merge_into')} options={options} chosen={into} choose={setInto} />
    </DeedDialog>
  )
}
