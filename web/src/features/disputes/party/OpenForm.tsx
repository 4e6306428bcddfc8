import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useTranslation } from '@/i18n/react'
import { useKept } from '@/ui/useKept'
import { FormBox } from '../parts/FormBox'
import { listKey, openDispute } from '../parts/server'
import type { DisputeWhole, OpenWish, Place } from '../parts/wire'

const ISSUES = [
  'visible_quality',
  'visible_description',
  'invisible_quality',
  'invisible_description',
  'fake',
  'surface_mismatch',
  'missing_items',
  'not_received',
  'return_not_received',
  'late_dispatch',
  'settlement_void',
  'durable_goods',
  'other',
] as const
const REMEDIES = ['refund', 'return_and_refund', 'partial', 'exchange', 'resend', 'compensate'] as const
type IssueWish = OpenWish['issues'][number]

interface Draft {
  issue: (typeof ISSUES)[number]
  remedy: (typeof REMEDIES)[number]
  words: string
  numbers: string
  /** So that what is sent twice is opened once. */
  client: string
}

const FRESH = { issue: 'visible_quality', remedy: 'refund', words: '', numbers: '' } as const

interface Props {
  place: Place
  id: string
  onOpened: (whole: DisputeWhole) => void
}

/** Take a case of after-sale to the marketplace: what it is about, what is asked, with which evidence numbers. */
export function OpenForm({ place, id, onOpened }: Props) {
  const { t } = useTranslation('disputes')
  const [draft, setDraft, forget] = useKept<Draft>(`dispute.${place ?? 'mine'}.${id}`, () => ({ ...FRESH, client: crypto.randomUUID() }))
  const { issue, remedy, words, numbers, client } = draft
  const change = (next: Partial<Draft>) => setDraft((now) => ({ ...now, ...next }))
  const queries = useQueryClient()
  const send = async () => {
    const one: IssueWish = { issue, words: words.trim(), remedy }
    const kept = numbers.split(/[\s,，]+/).filter(Boolean)
    const whole = await openDispute(place, id, { issues: [one], numbers: kept, files: [], text: '', client_id: client })
    void queries.invalidateQueries({ queryKey: listKey(place) })
    forget()
    onOpened(whole)
  }
  return (
    <FormBox title={t('page.open_title')} submit={t('page.open_submit')} ready={words.trim() !== ''} work={send}>
      <p>{t('page.open_hint')}</p>
      <label>
        {t('page.about')}
        <select className="x-native" value={issue} onChange={(event) => change({ issue: event.target.value as 'fake' })}>
          {ISSUES.map((value) => (
            <option key={value} value={value}>
              {t(`issue.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('page.asked')}
        <select className="x-native" value={remedy} onChange={(event) => change({ remedy: event.target.value as 'refund' })}>
          {REMEDIES.map((value) => (
            <option key={value} value={value}>
              {t(`outcome.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('page.happened')}
        <Input.TextArea rows={4} maxLength={4_000} value={words} onChange={(event) => change({ words: event.target.value })} />
      </label>
      <label>
        {t('page.numbers')}
        <Input value={numbers} autoComplete="off" onChange={(event) => change({ numbers: event.target.value })} />
        <span className="x-dim">{t('page.number_hint')}</span>
      </label>
    </FormBox>
  )
}
