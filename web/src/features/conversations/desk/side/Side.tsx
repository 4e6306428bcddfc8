import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { lazily } from '@/ui/lazily'
import { useDesk, useSummary } from '../data/deskStore'
import { useOpenCase } from '../data/openCase'
import { useEditorDoor } from '../editor/editorDoor'
import { useParts } from '../parts'
import type { Summary } from '../wire'

const BuyerPanel = lazily<{ summary: Summary }>(() => import('./BuyerPanel'))
const TABS = ['orders', 'cases', 'buyer'] as const
type Tab = (typeof TABS)[number]

/** The right column: what is known beside the conversation. */
export function Side({ conversation }: { conversation: string }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const summary = useSummary(conversation)
  const { OrdersPanel, CasesPanel } = useParts()
  const door = useEditorDoor()
  const { open, show } = useOpenCase()
  const [tab, setTab] = useState<Tab>(open === null ? 'orders' : 'cases')
  const asked = useRef(open)
  // Whoever opens a case, from a card or by its address, sees it.
  useEffect(() => {
    if (open !== asked.current && open) setTab('cases')
    asked.current = open
  }, [open])
  const id = useId()
  const choose = (next: Tab) => {
    setTab(next)
    if (next !== 'cases' && open) show(null)
  }
  if (!summary) return null
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const next = TABS[(TABS.indexOf(tab) + (event.key === 'ArrowRight' ? 1 : TABS.length - 1)) % TABS.length]
    if (next) choose(next)
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
            onClick={() => choose(each)}
            onKeyDown={onKeyDown}
          >
            {t(`desk.side.${each}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} className="xd-side-panel">
        {tab === 'orders' ? (
          <OrdersPanel key={summary.buyer.id} shop={shop} buyer={summary.buyer.id} onInsert={(card) => door.sendCard({ kind: card.kind, id: card.id })} />
        ) : tab === 'cases' ? (
          <CasesPanel key={summary.buyer.id} shop={shop} buyer={summary.buyer.id} open={open || null} onOpen={show} />
        ) : (
          <BuyerPanel summary={summary} />
        )}
      </div>
    </>
  )
}
