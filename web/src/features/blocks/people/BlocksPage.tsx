import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearchParams } from 'react-router'
import { api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Panes } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { BlockBody } from '../BlockBody'
import { BlockCard } from '../BlockCard'
import type { Block } from '../wire'
import { PeopleDeeds } from './PeopleDeeds'

const KEY = ['blocks', 'people']
const VIEWS = ['to_approve', 'to_review', 'to_hear', 'in_force', 'all'] as const

/** Blocks for people of the marketplace: to approve, to review, all that bind. */
export default function BlocksPage() {
  const { t } = useTranslation('blocks')
  const { block } = useParams()
  const [search] = useSearchParams()
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'to_approve'
  const pages = useCursorPages<Block>([...KEY, 'list', view], (after, signal) =>
    api.GET('/platform/v1/blocks', { params: { query: { view, limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const list = (
    <Sheet title={t('people.title')} hint={t('shop.hint')}>
      <nav className="x-tabs" aria-label={t('people.title')}>
        {VIEWS.map((one) => (
          <Link key={one} to={`/blocks?view=${one}`} aria-current={view === one ? 'page' : undefined}>
            {t(`view.${one}`)}
          </Link>
        ))}
      </nav>
      <StateBlock state={stateOf(pages, pages.items.length === 0)} skeleton="table" title={t('people.none')} error={pages.isError ? asRefusal(pages.error) : null} onRetry={pages.refetch}>
        <ul className="x-list">
          {pages.items.map((one) => (
            <li key={one.id}>
              <BlockCard block={one} to={`/blocks/${one.id}?view=${view}`} open={one.id === block} />
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </Sheet>
  )
  return (
    <Panes open={block !== undefined} label={t('one')} list={list}>
      {block ? <OneBlock key={block} id={block} back={`/blocks?view=${view}`} /> : null}
    </Panes>
  )
}

function OneBlock({ id, back }: { id: string; back: string }) {
  const path = { params: { path: { block: id } } }
  const query = useQuery({ queryKey: [...KEY, id], queryFn: ({ signal }) => api.GET('/platform/v1/blocks/{block}', { ...path, signal }) })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? (
        <BlockBody
          whole={query.data}
          back={back}
          deeds={<PeopleDeeds block={query.data.block} />}
          why={{ queryKey: [...KEY, id, 'why'], load: (signal) => api.GET('/platform/v1/blocks/{block}/why', { ...path, signal }) }}
        />
      ) : null}
    </StateBlock>
  )
}
