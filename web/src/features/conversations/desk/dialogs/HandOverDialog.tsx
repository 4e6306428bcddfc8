import { Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { useDesk } from '../data/deskStore'
import { useDeeds } from '../data/useDeeds'
import { useColleagues, useQueueNames } from '../data/useNames'
import type { Summary } from '../wire'
import { DeedDialog } from './DeedDialog'
import { type Option, OptionList } from './OptionList'

const LONGEST_NOTE = 2_000

/** To whom: a colleague or, unless it is only shared, a queue; with a word on the way. */
export function HandOverDialog({ deed, summary, close }: { deed: 'transfer' | 'assign' | 'share'; summary: Summary; close: () => void }) {
  const { t } = useTranslation('conversations')
  const { shop, me } = useDesk()
  const deeds = useDeeds({ shop, conversation: summary.id })
  const [chosen, setChosen] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const options = useTargets(deed !== 'share', [summary.assignee?.id ?? '', deed === 'assign' ? '' : me])
  const target = options.find((option) => option.id === chosen)
  const run = async (): Promise<boolean> => {
    if (!target) return false
    if (deed === 'share') return deeds.share(target.id)
    return deeds.handOver(deed, target.group === 'queue' ? { queue_id: target.id } : { person_id: target.id }, note)
  }
  return (
    <DeedDialog
      title={t(`desk.hand_over.${deed}`)}
      verb={t(`desk.deed.${deed}`)}
      ready={target !== undefined}
      run={run}
      close={close}
    >
      <OptionList label={t('desk.dialog.whom')} options={options} chosen={chosen} choose={setChosen} />
      {deed === 'share' ? null : (
        <Input.TextArea
          aria-label={t('desk.dialog.note')}
          placeholder={t('desk.dialog.note')}
          value={note}
          maxLength={LONGEST_NOTE}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
    </DeedDialog>
  )
}

const ORDER = { online: 0, busy: 1, away: 2, offline: 3 } as const

function useTargets(withQueues: boolean, without: readonly string[]): Option[] {
  const { t } = useTranslation(['conversations', 'routing'])
  const { data: colleagues } = useColleagues()
  const { data: queues } = useQueueNames(withQueues)
  const skipped = without.join()
  return useMemo(() => {
    const people = (colleagues ?? [])
      .filter((person) => !skipped.split(',').includes(person.id))
      .toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.load / Math.max(1, a.capacity) - b.load / Math.max(1, b.capacity))
      .map((person): Option => ({
        id: person.id,
        group: 'person',
        title: person.name,
        detail: t('desk.dialog.colleague', { state: t(`routing:agent.state.${person.state}`), load: person.load, capacity: person.capacity }),
      }))
    const lines = withQueues ? (queues ?? []).map((queue): Option => ({ id: queue.id, group: 'queue', title: queue.name, detail: t('desk.dialog.queue') })) : []
    return [...people, ...lines]
  }, [colleagues, queues, skipped, withQueues, t])
}
