import { useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { api, asRefusal, useCursorPages, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { refreshing, useTopic } from '@/realtime/react'
import { MoreRows } from '@/ui/MoreRows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { BlockClock, BlockState } from '../parts'
import type { Block } from '../wire'
import { MyBlock } from './MyBlock'

/** One's own blocks: reasons, duration, what stays open, what one may do, and how wrong ones were made good. */
export default function BlocksPage() {
  const { t } = useTranslation('blocks')
  const me = useMe()
  const { block } = useParams()
  const queries = useQueryClient()
  const pages = useCursorPages<Block>(['my-blocks'], (after, signal) =>
    api.GET('/public/v1/me/blocks', { params: { query: { limit: 20, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  useTopic(`person:${me.id}`, refreshing(async () => queries.invalidateQueries({ queryKey: ['my-blocks'] })))
  if (block) return <MyBlock id={block} />
  return (
    <div className="x-matter x-thumb">
      <title>{t('buyer.nav')}</title>
      <h1>{t('buyer.nav')}</h1>
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="card"
        title={t('buyer.none')}
        hint={t('buyer.none_hint')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={pages.refetch}
      >
        <ul className="x-list">
          {pages.items.map((one) => (
            <li key={one.id}>
              <Link className="x-card-link" to={`/blocks/${one.id}`}>
                <span className="x-card-link-head">
                  <strong>
                    {one.side === 'shop' ? one.shop_name : t('side.marketplace')} · {t(`scope.${one.scope}`)}
                  </strong>
                  <BlockState state={one.state} />
                </span>
                <span>{t(`ground.${one.ground}`)}</span>
                <BlockClock block={one} />
              </Link>
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </div>
  )
}
