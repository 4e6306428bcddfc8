import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, asRefusal, useCursorPages, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { Panes } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { BlockCard } from '../BlockCard'
import { BlockBody } from '../BlockBody'
import type { Block } from '../wire'
import { ProposeDialog } from './ProposeDialog'
import { ShopDeeds } from './ShopDeeds'

/** What a shop blocks: propose with evidence, approve a colleague's proposal, lift. */
export default function BlocksPage({ shop }: { shop: string }) {
  const { t } = useTranslation('blocks')
  const queries = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const mayPropose = useReach('blocks.propose') !== 'none'
  const buyer = search.get('buyer') ?? ''
  const [proposing, setProposing] = useState(buyer !== '')
  const block = search.get('block')
  const view = search.get('view') === 'all' ? 'all' : 'open'
  const key = ['blocks', shop]
  const changed = () => queries.invalidateQueries({ queryKey: key })
  const pages = useCursorPages<Block>([...key, 'list', view], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/blocks', { params: { path: { shop }, query: { view, limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  useTopic(`shop:${shop}`, refreshing(async () => changed()))
  const list = (
    <Sheet
      title={t('shop.nav')}
      hint={t('shop.hint')}
      extra={
        mayPropose ? (
          <Button type="primary" onClick={() => setProposing(true)}>
            {t('propose.title')}
          </Button>
        ) : null
      }
    >
      <nav className="x-tabs" aria-label={t('shop.nav')}>
        {(['open', 'all'] as const).map((one) => (
          <Link key={one} to={`?view=${one}`} aria-current={view === one ? 'page' : undefined}>
            {t(`view.${one}`)}
          </Link>
        ))}
      </nav>
      <StateBlock state={stateOf(pages, pages.items.length === 0)} skeleton="table" title={t('shop.none')} error={pages.isError ? asRefusal(pages.error) : null} onRetry={pages.refetch}>
        <ul className="x-list">
          {pages.items.map((one) => (
            <li key={one.id}>
              <BlockCard block={one} to={`?view=${view}&block=${one.id}`} open={one.id === block} />
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </Sheet>
  )
  return (
    <>
      <Panes open={block !== null} label={t('one')} list={list}>
        {block ? <OneBlock key={block} shop={shop} id={block} back={`?view=${view}`} /> : null}
      </Panes>
      {proposing ? (
        <ProposeDialog
          shop={shop}
          buyer={buyer}
          onDone={changed}
          onClose={() => {
            setProposing(false)
            if (buyer) setSearch({})
          }}
        />
      ) : null}
    </>
  )
}

function OneBlock({ shop, id, back }: { shop: string; id: string; back: string }) {
  const path = { params: { path: { shop, block: id } } }
  const query = useQuery({ queryKey: ['blocks', shop, id], queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/blocks/{block}', { ...path, signal }) })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? (
        <BlockBody
          whole={query.data}
          back={back}
          deeds={<ShopDeeds shop={shop} block={query.data.block} />}
          why={{ queryKey: ['blocks', shop, id, 'why'], load: (signal) => api.GET('/api/v1/shops/{shop}/blocks/{block}/why', { ...path, signal }) }}
        />
      ) : null}
    </StateBlock>
  )
}
