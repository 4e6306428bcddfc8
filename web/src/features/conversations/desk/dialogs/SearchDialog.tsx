import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, type InputRef, Modal } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { StateBlock } from '@/ui/StateBlock'
import { shortTime } from '@/ui/time'
import { useServerNow } from '@/ui/serverClock'
import { useDesk } from '../data/deskStore'
import { cutFound } from '../model/found'
import { search } from '../server'
import type { Found } from '../wire'

export interface SearchDialogProps {
  /** The conversation that is open, to search in it alone. */
  open: string | null
  close: () => void
  show: (conversation: string, version: number) => void
}

/** The server finds from two characters on. */
const SHORTEST = 2
const PAGE = 20

/** Words in the shop's history, and the way to the message. */
export default function SearchDialog({ open, close, show }: SearchDialogProps) {
  const { t } = useTranslation('conversations')
  const [words, setWords] = useState('')
  const [here, setHere] = useState(false)
  const asked = useDeferredValue(words.trim())
  const field = useRef<InputRef>(null)
  return (
    <Modal open title={t('desk.search.title')} onCancel={close} footer={null} width={640} afterOpenChange={(shown) => shown && field.current?.focus()}>
      <Input.Search
        ref={field}
        allowClear
        aria-label={t('desk.search.title')}
        placeholder={t('desk.search.placeholder')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {open ? (
        <Checkbox checked={here} onChange={(event) => setHere(event.target.checked)} style={{ marginTop: 8 }}>
          {t('desk.search.here')}
        </Checkbox>
      ) : null}
      <div className="xd-found" aria-live="polite">
        {[...asked].length < SHORTEST ? <p className="xd-quiet">{t('desk.search.hint')}</p> : <Results words={asked} conversation={here ? open : null} show={show} />}
      </div>
    </Modal>
  )
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
    <button type="button" className="xd-hit x-plain" onClick={() => show(found.conversation_id, found.version)}>
      <span className="xd-hit-head">
        <strong>{found.buyer_name || t('desk.buyer.nameless')}</strong>
        <span className="xd-quiet">{found.role === 'buyer' ? t('desk.role.buyer') : t('desk.search.shop')}</span>
        <span className="xd-quiet x-figures">{shortTime(Date.parse(found.at), now(), i18n.language)}</span>
      </span>
      <span>
        {cutFound(found.excerpt, words).map((piece) => (piece.found ? <mark key={piece.from}>{piece.text}</mark> : piece.text))}
      </span>
    </button>
  )
}
