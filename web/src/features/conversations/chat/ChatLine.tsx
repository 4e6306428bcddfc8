/** @jsxImportSource preact */
import i18next from 'i18next'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Entry } from '@/api/wire'
import type { ChatSession } from './session'
import type { Line } from './timeline'

const RECALL_MS = 120_000

/** One line of the timeline: a day, an entry, or words on their way; `own` stands instead of an entry's content. */
export function ChatLine({ line, session, own = null }: { line: Line; session: ChatSession; own?: ComponentChildren }) {
  if (line.is === 'day') return <p class="k-day">{day(line.at)}</p>
  if (line.is === 'echo') return <Echo line={line} session={session} />
  const { entry, mine, mark } = line
  if (entry.kind === 'system') return <p class="k-day">{entry.text}</p>
  return (
    <article class={`k-line ${mine ? 'k-mine' : 'k-theirs'}`}>
      {mine || own ? null : <span class="k-name">{nameOf(entry)}</span>}
      <div class="k-bubble">{own ?? <Content entry={entry} session={session} />}</div>
      <footer class="k-foot">
        <time dateTime={entry.at}>{clock(entry.at)}</time>
        {mark && !entry.recalled ? <span>{i18next.t(`conversations:chat.mark.${mark}`)}</span> : null}
        {mine && !entry.recalled ? <Recall entry={entry} session={session} /> : null}
      </footer>
    </article>
  )
}

function nameOf(entry: Entry): string {
  if (entry.role === 'auto' || entry.role === 'bot') return i18next.t('conversations:chat.automatic')
  return entry.name || i18next.t('conversations:chat.shop')
}

function Recall({ entry, session }: { entry: Entry; session: ChatSession }) {
  const [may, setMay] = useState(false)
  useEffect(() => {
    const left = Date.parse(entry.at) + RECALL_MS - session.realtime.serverNow()
    setMay(left > 0)
    if (left <= 0) return
    const timer = window.setTimeout(() => setMay(false), left)
    return () => window.clearTimeout(timer)
  }, [entry.at, session])
  if (!may) return null
  return (
    <button type="button" class="k-link" onClick={() => void session.recall(entry.version)}>
      {i18next.t('conversations:chat.recall')}
    </button>
  )
}

function Content({ entry, session }: { entry: Entry; session: ChatSession }) {
  if (entry.recalled) return <em>{i18next.t('conversations:chat.recalled')}</em>
  const file = entry.body.file as { id: string; name: string; width?: number } | undefined
  const card = entry.body.card as Card | undefined
  return (
    <>
      {file ? <Attached file={file} session={session} /> : null}
      {card ? <CardView card={card} /> : null}
      {entry.text ? <span class="k-text">{entry.shown ?? entry.text}</span> : null}
    </>
  )
}

function Attached({ file, session }: { file: { id: string; name: string; width?: number }; session: ChatSession }) {
  const [addresses, setAddresses] = useState<{ url: string; thumbnail_url: string | null } | null>(null)
  useEffect(() => {
    let here = true
    session.api
      .GET('/public/v1/files/{file}', { params: { path: { file: file.id } } })
      .then((found) => here && setAddresses(found))
      .catch(() => undefined) // the name stays; the next look tries again
    return () => {
      here = false
    }
  }, [file.id, session])
  if (!addresses) return <span class="k-quiet">{file.name}</span>
  return (
    <a href={addresses.url} target="_blank" rel="noreferrer">
      {addresses.thumbnail_url ? <img class="k-picture" src={addresses.thumbnail_url} alt={file.name} loading="lazy" /> : file.name}
    </a>
  )
}

interface Card {
  kind: string
  title: string
  lines?: string[]
  amount_minor?: number | null
  currency?: string | null
  state?: string | null
}

function CardView({ card }: { card: Card }) {
  return (
    <div class="k-card">
      <strong>{card.title}</strong>
      {(card.lines ?? []).map((text) => (
        <span key={text}>{text}</span>
      ))}
      {card.amount_minor != null && card.currency ? <span>{money(card.amount_minor, card.currency)}</span> : null}
    </div>
  )
}

function Echo({ line, session }: { line: Extract<Line, { is: 'echo' }>; session: ChatSession }) {
  const t = i18next.t
  const { item } = line
  const stuck = item.state === 'failed' || item.state === 'held'
  return (
    <article class="k-line k-mine">
      <div class={`k-bubble ${stuck ? 'k-stuck' : 'k-going'}`}>
        <span class="k-text">{item.wish.text || t('conversations:chat.attachment')}</span>
      </div>
      <footer class="k-foot">
        {stuck ? (
          <>
            <span class="k-bad">! {item.refusal?.message ?? t('conversations:chat.echo.held')}</span>
            <button type="button" class="k-link" onClick={() => session.realtime.retry(item.wish.client_id)}>
              {t('ui:action.retry')}
            </button>
            <button type="button" class="k-link" onClick={() => session.realtime.discard(item.wish.client_id)}>
              {t('conversations:chat.discard')}
            </button>
          </>
        ) : (
          <span>{t(item.state === 'sending' ? 'conversations:chat.echo.sending' : 'conversations:chat.echo.waiting')}</span>
        )}
      </footer>
    </article>
  )
}

function clock(at: string): string {
  return new Intl.DateTimeFormat(i18next.language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

function day(at: number): string {
  return new Intl.DateTimeFormat(i18next.language, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' }).format(at)
}

function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(i18next.language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
