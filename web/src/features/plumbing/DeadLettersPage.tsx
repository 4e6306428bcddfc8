import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type Answer, api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { Trouble } from '@/ui/Trouble'

type Letter = Answer<'/platform/v1/dead-letters', 'get'>['data'][number]

/** Most at once, as the door takes them. */
const MOST = 200

/** What was tried until it was given up: an administrator has it tried again, or drops it. */
export default function DeadLettersPage() {
  const { t } = useTranslation('plumbing')
  const queries = useQueryClient()
  const [trouble, setTrouble] = useState<unknown>(null)
  const pages = useCursorPages<Letter>(['dead_letters'], (after, signal) =>
    api.GET('/platform/v1/dead-letters', { params: { query: { limit: 50, ...(after ? { starting_after: Number(after) } : {}) } }, signal }),
  )
  const retry = async (ids: number[]) => {
    const { count } = await api.POST('/platform/v1/dead-letters/retry', { body: { ids } })
    announce(t('letters.retried', { count }))
    await queries.invalidateQueries({ queryKey: ['dead_letters'] })
  }
  const drop = async (ids: number[]) => {
    const { count } = await api.POST('/platform/v1/dead-letters/drop', { body: { ids } })
    announce(t('letters.dropped', { count }))
    await queries.invalidateQueries({ queryKey: ['dead_letters'] })
  }
  const all = async () => {
    setTrouble(null)
    try {
      await retry(pages.items.slice(0, MOST).map(({ id }) => id))
    } catch (error) {
      setTrouble(error)
    }
  }
  const columns: readonly Column<Letter>[] = [
    { id: 'reaction', title: t('letters.reaction'), render: (one) => <code>{one.reaction}</code> },
    {
      id: 'event',
      title: t('letters.event'),
      render: (one) => (
        <span>
          <code>{one.event}</code>
          <div className="x-quiet x-small">{one.topic}</div>
        </span>
      ),
    },
    { id: 'fault', title: t('letters.fault'), render: (one) => <span className="x-clip">{one.fault}</span> },
    { id: 'attempts', title: t('letters.attempts'), render: (one) => <span className="x-figures">{one.attempts}</span> },
    { id: 'died', title: t('letters.died'), render: (one) => <RelativeTime at={one.died_at} /> },
  ]
  return (
    <Sheet title={t('letters.title')} hint={t('letters.hint')} extra={pages.items.length > 1 ? <Button onClick={() => void all()}>{t('letters.retry_all')}</Button> : null}>
      {trouble ? <Trouble error={trouble} style={{ marginBottom: 8 }} /> : null}
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="table"
        title={t('letters.none')}
        hint={t('letters.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        <Rows
          label={t('letters.title')}
          columns={columns}
          rows={pages.items}
          rowKey={(one) => String(one.id)}
          renderActions={(one) => (
            <>
              <SureButton label={t('letters.retry')} sentence={t('letters.retry_then')} run={() => retry([one.id])} />
              <SureButton danger label={t('letters.drop')} sentence={t('letters.drop_then')} run={() => drop([one.id])} />
            </>
          )}
        />
        <MoreRows pages={pages} />
      </StateBlock>
    </Sheet>
  )
}
