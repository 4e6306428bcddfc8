import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import { chosen, lengthOf, merged, NO_STRETCH, within } from './look'
import type { Doors, Entry } from './wire'

interface Props {
  doors: Doors
  conversation: string
  /** What the number is for, kept in what is signed. */
  reason: string
  onNumber: (number: string) => void
  onClose: () => void
}

/** Choose the first and the last message; the server seals the stretch and gives it a number. */
export function EvidencePicker({ doors, conversation, reason, onNumber, onClose }: Props) {
  const { t } = useTranslation(['complaints', 'ui'])
  const [stretch, setStretch] = useState(NO_STRETCH)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const query = useInfiniteQuery({
    queryKey: [...doors.key, 'entries', conversation],
    queryFn: ({ pageParam, signal }) => doors.entries(conversation, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.has_more ? (page.data[0]?.version ?? null) : null),
  })
  const entries = (query.data?.pages ?? []).reduce<Entry[]>((have, page) => merged(have, page.data), [])
  const many = lengthOf(stretch)
  const choose = (version: number) => {
    const next = chosen(stretch, version)
    setStretch(next)
    announce(t('picker.chosen', { count: lengthOf(next) }))
  }
  const seal = async () => {
    if (stretch.first === null) return
    setBusy(true)
    setTrouble(null)
    try {
      const made = await doors.seal(conversation, stretch.first, stretch.last ?? stretch.first, reason.trim() || t('picker.reason'))
      announce(t('picker.made', { number: made.number }))
      onNumber(made.number)
    } catch (error) {
      setTrouble(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="cp-card" aria-label={t('picker.title')}>
      <h2>{t('picker.title')}</h2>
      <p className="cp-quiet">{t('picker.hint')}</p>
      <StateBlock
        state={stateOf(query, entries.length === 0)}
        skeleton="list"
        title={t('picker.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <div className="cp-messages" role="group" aria-label={t('picker.messages')}>
          {query.hasNextPage ? (
            <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('picker.older')}
            </Button>
          ) : null}
          {entries.map((entry) => (
            <Message key={entry.version} entry={entry} pressed={within(stretch, entry.version)} onChoose={() => choose(entry.version)} />
          ))}
        </div>
      </StateBlock>
      <p aria-live="polite">{t('picker.chosen', { count: many })}</p>
      {trouble ? <Trouble error={trouble} /> : null}
      <div className="cp-bar">
        <Button onClick={onClose}>{t('ui:action.cancel')}</Button>
        <Button type="primary" disabled={many === 0} loading={busy} onClick={() => void seal()}>
          {t('picker.seal')}
        </Button>
      </div>
    </section>
  )
}

function Message({ entry, pressed, onChoose }: { entry: Entry; pressed: boolean; onChoose: () => void }) {
  const { t } = useTranslation('complaints')
  const file = entry.body.file as { name?: string } | undefined
  const card = entry.body.card as { title?: string } | undefined
  return (
    <button type="button" className="cp-message" aria-pressed={pressed} onClick={onChoose}>
      <strong>{entry.name || t(entry.role === 'buyer' ? 'party.person' : 'party.shop')}</strong>
      <span className="cp-quiet">
        <RelativeTime at={entry.at} />
      </span>
      <span className="cp-words">{entry.recalled ? t('picker.recalled') : (entry.shown ?? entry.text) || file?.name || card?.title || ''}</span>
    </button>
  )
}
