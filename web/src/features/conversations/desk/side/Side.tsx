import { useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from '@/i18n/react'
import { useDesk, useSummary } from '../data/deskStore'
import { useEditorDoor } from '../editor/editorDoor'
import { useParts } from '../parts'
import { BuyerPanel } from './BuyerPanel'

const TABS = ['orders', 'buyer'] as const
type Tab = (typeof TABS)[number]

/** The right column: what is known beside the conversation. */
export function Side({ conversation }: { conversation: string }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const summary = useSummary(conversation)
  const { OrdersPanel } = useParts()
  const door = useEditorDoor()
  const [tab, setTab] = useState<Tab>('orders')
  const id = useId()
  if (!summary) return null
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const next = TABS[(TABS.indexOf(tab) + (event.key === 'ArrowRight' ? 1 : TABS.length - 1)) % TABS.length]
    if (next) setTab(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }
  return (
    <>
      <div role="tablist" aria-label={t('desk.side.tabs')} className="xd-side-tabs">
        {TABS.map((each) => (
          <button
            key={each}
            id={`${id}-${each}`}
            type="button"
            role="tab"
            aria-selected={each === tab}
            aria-controls={`${id}-panel`}
            tabIndex={each === tab ? 0 : -1}
            className="xd-side-tab"
            onClick={() => setTab(each)}
            onKeyDown={onKeyDown}
          >
            {t(`desk.side.${each}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} className="xd-side-panel">
        {tab === 'orders' ? (
          <OrdersPanel key={summary.buyer.id} shop={shop} buyer={summary.buyer.id} onInsert={(card) => door.sendCard({ kind: card.kind, id: card.id })} />
        ) : (
          <BuyerPanel summary={summary} />
        )}
      </div>
    </>
  )
}
