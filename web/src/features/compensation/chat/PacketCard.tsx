/** @jsxImportSource preact */
import i18next from 'i18next'
import { useEffect, useState } from 'preact/hooks'
import type { Api } from '@/api/client'
import { asRefusal } from '@/api/refusal'
import type { Entry } from '@/api/wire'
import type { Realtime } from '@/realtime'
import { Left, useWords } from '@/ui/chatParts'
import { formatMoney } from '@/ui/money'
import type { GrantWhole } from '../wire'
import { type PacketFacts, packetOf, standOf } from './card'

export interface PacketCardOptions {
  api: Api
  realtime: Realtime
  /** Whose chat it is. */
  person: string
}

/** How the chat draws a red packet; null for cards that are not ours. */
export function packetCards(options: PacketCardOptions) {
  return (body: Entry['body']) => {
    const card = packetOf(body)
    return card && <PacketCard key={card.id} card={card} {...options} />
  }
}

/** A red packet in the conversation: what for, how much, until when; it is taken here. */
function PacketCard({ card, api, realtime, person }: { card: PacketFacts } & PacketCardOptions) {
  const t = i18next.t
  const ready = useWords('compensation')
  const { grant, trouble, claim, busy } = usePacket(card.id, api, realtime, person)
  const stand = standOf(grant?.state)
  // Its place is kept from the first moment, so that the end of the talk stays in sight.
  const place = { minHeight: stand === 'waiting' ? 190 : 0 }
  if (!ready) return <div class="k-card" style={place} />
  const mayTake = grant?.deeds.some((one) => one.deed === 'claim' && one.allowed) ?? false
  return (
    <div class="k-card" style={place} data-stand={stand} role="group" aria-label={t('compensation:kind.red_packet')}>
      <strong>
        {t('compensation:kind.red_packet')} {formatMoney(card.amount_minor, card.currency, i18next.language)}
      </strong>
      <span>{t(`compensation:purpose.${card.purpose}`)}</span>
      <span>{t('compensation:order_number', { number: card.title })}</span>
      {grant?.note ? <span class="k-text">{grant.note}</span> : null}
      <span role="status">{t(`compensation:card.${stand}`)}</span>
      {stand === 'waiting' && card.due_at ? <Left due={Date.parse(card.due_at)} now={realtime.serverNow} /> : null}
      {mayTake ? (
        <button type="button" class="k-send" disabled={busy} onClick={claim}>
          {t('compensation:deed.claim')}
        </button>
      ) : null}
      {trouble ? (
        <span class="k-bad" role="alert">
          {trouble}
        </span>
      ) : null}
    </div>
  )
}

/** The packet as it stands now, and taking it. */
function usePacket(id: string, api: Api, realtime: Realtime, person: string) {
  const [grant, setGrant] = useState<GrantWhole['grant'] | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const keep = (whole: GrantWhole) => setGrant((was) => (was && was.version > whole.grant.version ? was : whole.grant))
  useEffect(() => {
    const path = { params: { path: { grant: id } } }
    const look = async (signal?: AbortSignal) => {
      keep(await api.GET('/public/v1/me/compensation/{grant}', { ...path, ...(signal ? { signal } : {}) }))
      return { version: 0 }
    }
    look().catch(() => undefined) // the card stands as it was sent; the next news will tell
    return realtime.subscribe(`person:${person}`, {
      since: null,
      onEvent: ({ name, body }) => {
        if (name === 'compensation.my_grant_moved' && (body as { grant: string }).grant === id) void look().catch(() => undefined)
      },
      fetch: (_after, signal) => look(signal),
    })
  }, [api, realtime, person, id])
  const claim = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      keep(await api.POST('/public/v1/me/compensation/{grant}/claim', { params: { path: { grant: id } } }))
    } catch (error) {
      setTrouble(asRefusal(error).message)
    }
    setBusy(false)
  }
  return { grant, trouble, busy, claim: () => void claim() }
}
