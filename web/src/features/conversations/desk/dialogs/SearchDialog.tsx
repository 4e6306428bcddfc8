import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, type InputRef, Modal } from 'antd'
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock } from '@/ui/StateBlock'
import { shortTime } from '@/ui/time'
import { useServerNow } from '@/ui/serverClock'
import { useDesk } from '../data/deskStore'
import { cutFound } from '../model/found'
import { search, searchBuyers } from '../server'
import type { Found, Known } from '../wire'

export interface SearchDialogProps {
  /** The conversation that is open, to search in it alone. */
  open: string | null
  close: () => void
  /** Without a version the conversation opens at its end. */
  show: (conversation: string, version?: number) => void
}

/** The server finds from two characters on. */
const SHORTEST = 2
const PAGE = 20
/** What was just written is found a moment later: nothing found is asked again. */
const AGAIN_MS = 2000

/** Words in the shop's history, and the way to the message. */
export default function SearchDialog({ open, close, show }: SearchDialogProps) {
  const { t } = useTranslation('conversations')
  const [words, setWords] = useState('')
  const [here, setHere] = useState(false)
  const asked = useDeferredValue(words.trim())
  const field = useRef<InputRef>(null)
  const list = useRef<HTMLDivElement>(null)
  return (
    <Modal open title={t('desk.search.title')} onCancel={close} footer={null} width={640} afterOpenChange={(shown) => shown && field.current?.focus()}>
      <Input.Search
        ref={field}
        allowClear
        aria-label={t('desk.search.title')}
        placeholder={t('desk.search.placeholder')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return
          event.preventDefault()
          list.current?.querySelector<HTMLElement>('.xd-hit')?.focus()
        }}
      />
      {open ? (
        <Checkbox checked={here} onChange={(event) => setHere(event.target.checked)} style={{ marginTop: 8 }}>
          {t('desk.search.here')}
        </Checkbox>
      ) : null}
      <div className="xd-found" aria-live="polite" ref={list}>
        {[...asked].length < SHORTEST ? <p className="xd-quiet">{t('desk.search.hint')}</p> : (
          <>
            {here ? null : <Buyers words={asked} show={show} />}
            <Results words={asked} conversation={here ? open : null} show={show} />
          </>
        )}
      </div>
    </Modal>
  )
}

/** Arrows lead from hit to hit. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const hits = [...(event.currentTarget.closest('.xd-found')?.querySelectorAll<HTMLElement>('.xd-hit') ?? [])]
  if (!step) return
  event.preventDefault()
  hits[hits.indexOf(event.currentTarget) + step]?.focus()
}

/** Who is called so, or has an order or a parcel of this number. */
function Buyers({ words, show }: { words: string; show: SearchDialogProps['show'] }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const { data } = useQuery({
    queryKey: ['desk', shop, 'search', 'buyers', words],
    queryFn: ({ signal }) => searchBuyers(shop, words, signal),
    placeholderData: keepPreviousData,
  })
  if (!data?.data.length) return null
  return (
    <>
      <h3 className="xd-quiet">{t('desk.search.buyers')}</h3>
      <ul className="xd-plain-list">
        {data.data.map((each) => (
          <li key={each.conversation_id}>
            <Buyer known={each} words={words} show={show} />
          </li>
        ))}
      </ul>
      <h3 className="xd-quiet">{t('desk.search.messages')}</h3>
    </>
  )
}

function Buyer({ known, words, show }: { known: Known; words: string; show: SearchDialogProps['show'] }) {
  const { t, i18n } = useTranslation('conversations')
  const now = useServerNow()
  return (
    <button type="button" className="xd-hit x-plain" onKeyDown={walk} onClick={() => show(known.conversation_id)}>
      <span className="xd-hit-head">
        <strong>{known.buyer_name ? <Marked text={known.buyer_name} words={words} /> : t('desk.buyer.nameless')}</strong>
        {known.order_number ? (
          <span className="xd-quiet x-figures">
            <Marked text={t('desk.search.order', { number: known.order_number })} words={words} />
          </span>
        ) : null}
        {known.last_at ? <span className="xd-quiet x-figures">{shortTime(Date.parse(known.last_at), now(), i18n.language)}</span> : null}
      </span>
    </button>
  )
}

function Marked({ text, words }: { text: string; words: string }) {
  return cutFound(text, words).map((piece) => (piece.found ? <mark key={piece.from}>{piece.text}</mark> : piece.text))
}

function Results({ words, conversation, show }: { words: string; conversation: string | null; show: SearchDialogProps['show'] }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const query = useInfiniteQuery({
    queryKey: ['desk', shop, 'search', words, conversation],
    queryFn: ({ pageParam, signal }) =>
      search(shop, { q: words, limit: PAGE, ...(conversation ? { conversation } : {}), ...(pageParam ? { before: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : null),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.data.length === 0 ? AGAIN_MS : false),
  })
  if (query.isPending) return <StateBlock state="loading" skeleton="list" />
  if (query.isError) return <StateBlock state="error" error={asRefusal(query.error)} onRetry={() => void query.refetch()} />
  const found = query.data.pages.flatMap((page) => page.data)
  if (found.length === 0) return <StateBlock state="empty" title={t('desk.search.none', { words })} hint={t('desk.search.none_hint')} />
  return (
    <>
      <ul className="xd-plain-list">
        {found.map((each) => (
          <li key={`${each.conversation_id} ${each.version}`}>
            <Hit found={each} words={words} show={show} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('desk.search.more')}
        </Button>
      ) : null}
    </>
  )
}

function Hit({ found, words, show }: { found: Found; words: string; show: SearchDialogProps['show'] }) {
  const { t, i18n } = useTranslation('conversations')
  const now = useServerNow()
  return (
    <button type="button" className="xd-hit x-plain" onKeyDown={walk} onClick={() => show(found.conversation_id, found.version)}>
      <span className="xd-hit-head">
        <strong>{found.buyer_name || t('desk.buyer.nameless')}</strong>
        <span className="xd-quiet">{found.role === 'buyer' ? t('desk.role.buyer') : t('desk.search.shop')}</span>
        <span className="xd-quiet x-figures">{shortTime(Date.parse(found.at), now(), i18n.language)}</span>
      </span>
      <span>
        <Marked text={found.excerpt} words={words} />
      </span>
    </button>
  )
}
