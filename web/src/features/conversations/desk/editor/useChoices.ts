/** The list that a sign in the editor opens: what is in it, what is active, what choosing does. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { useDesk } from '../data/deskStore'
import { useColleagues } from '../data/useNames'
import { findCanned, findTrigger, type Trigger, type TriggerKind } from '../model/triggers'
import { type Choice, useParts } from '../parts'
import { listCanned } from '../server'
import type { Summary } from '../wire'

export interface Choices {
  id: string
  trigger: Trigger | null
  items: readonly Choice[]
  active: number
  pending: boolean
  setActive: (place: number) => void
  onCaret: (text: string, caret: number) => void
  /** Takes one, and the list is gone. */
  choose: (choice: Choice) => void
  /** True when the key belonged to the list. */
  onKey: (event: KeyboardEvent) => boolean
}

const REPLY: ReadonlySet<TriggerKind> = new Set(['canned', 'order'])
const NOTE: ReadonlySet<TriggerKind> = new Set(['person'])
const MOST = 8
const CANNED_KEPT_MS = 5 * 60_000

export function useChoices(summary: Summary, note: boolean, pick: (trigger: Trigger, choice: Choice) => void): Choices {
  const id = useId()
  const [trigger, setTrigger] = useState<Trigger | null>(null)
  /** Where the list was closed by hand; it stays closed for this sign. */
  const [closedAt, setClosedAt] = useState(-1)
  const [active, setActive] = useState(0)
  const { items, pending } = useItems(summary, trigger)
  const open = trigger !== null && (items.length > 0 || pending)
  const choose = (choice: Choice) => {
    if (!trigger) return
    setTrigger(null)
    pick(trigger, choice)
  }
  return {
    id,
    trigger: open ? trigger : null,
    items,
    active: Math.min(active, Math.max(0, items.length - 1)),
    pending,
    setActive,
    onCaret: (text, caret) => {
      const found = findTrigger(text, caret, note ? NOTE : REPLY)
      setTrigger(found && found.from !== closedAt ? found : null)
      if (found?.query !== trigger?.query || found?.kind !== trigger?.kind) setActive(0)
      if (!found) setClosedAt(-1)
    },
    choose,
    onKey: (event) => {
      if (!open || !trigger) return false
      if (event.key === 'ArrowDown') setActive((active + 1) % Math.max(1, items.length))
      else if (event.key === 'ArrowUp') setActive((active - 1 + items.length) % Math.max(1, items.length))
      else if (event.key === 'Escape') {
        setClosedAt(trigger.from)
        setTrigger(null)
      } else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
        const choice = items[Math.min(active, items.length - 1)]
        if (!choice) return false
        choose(choice)
      } else return false
      event.preventDefault()
      return true
    },
  }
}

function useItems(summary: Summary, trigger: Trigger | null): { items: readonly Choice[]; pending: boolean } {
  const canned = useCannedChoices(trigger?.kind === 'canned' ? trigger.query : null)
  const orders = useOrderChoices(summary, trigger?.kind === 'order' ? trigger.query : null)
  const people = usePeopleChoices(trigger?.kind === 'person' ? trigger.query : null)
  switch (trigger?.kind) {
    case 'canned':
      return canned
    case 'order':
      return orders
    case 'person':
      return people
    case undefined:
      return { items: [], pending: false }
  }
}

export function useCanned(enabled: boolean) {
  const { shop } = useDesk()
  return useQuery({
    queryKey: ['desk', shop, 'canned'],
    queryFn: ({ signal }) => listCanned(shop, signal),
    staleTime: CANNED_KEPT_MS,
    enabled,
  })
}

function useCannedChoices(query: string | null) {
  const { data, isPending } = useCanned(query !== null)
  const items = useMemo(
    () =>
      findCanned(data?.data ?? [], query ?? '')
        .slice(0, MOST)
        .map((answer): Choice => ({ id: answer.id, title: answer.shortcut ? `/${answer.shortcut}  ${answer.title}` : answer.title, detail: answer.text })),
    [data, query],
  )
  return { items, pending: isPending }
}

function useOrderChoices(summary: Summary, query: string | null) {
  const { shop } = useDesk()
  const parts = useParts()
  const { data, isPending } = useQuery({
    queryKey: ['desk', shop, 'order choices', summary.buyer.id, query],
    queryFn: ({ signal }) => parts.findOrders(shop, summary.buyer.id, query ?? '', signal),
    enabled: query !== null,
    placeholderData: keepPreviousData,
  })
  return { items: (data ?? []).slice(0, MOST), pending: isPending }
}

function usePeopleChoices(query: string | null) {
  const { me } = useDesk()
  const { data, isPending } = useColleagues()
  const items = useMemo(() => {
    const wanted = (query ?? '').toLowerCase()
    return (data ?? [])
      .filter((person) => person.id !== me && person.name.toLowerCase().includes(wanted))
      .slice(0, MOST)
      .map((person): Choice => ({ id: person.id, title: person.name }))
  }, [data, query, me])
  return { items, pending: isPending }
}
