import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { useParams } from 'react-router'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { absoluteTime } from '@/ui/time'
import { useLanguage } from '@/i18n/react'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './editor/editor.css'
import { Shown } from './Shown'
import type { Value } from './wire'

/** What a marketplace has announced: for everybody, without signing in. */
export default function NoticesPage() {
  const { t } = useTranslation('rulebook')
  const language = useLanguage()
  const { marketplace = '' } = useParams()
  const query = useQuery({
    queryKey: ['rule-changes', marketplace, language],
    queryFn: ({ signal }) => api.GET('/public/v1/marketplaces/{slug}/rule-changes', { params: { path: { slug: marketplace } }, signal }),
  })
  const found = query.data?.data ?? []
  return (
    <div className="xr-public">
      <h1 style={{ fontSize: 20, marginTop: 0 }}>{t('notices.title')}</h1>
      <p className="x-quiet">{t('notices.hint')}</p>
      <StateBlock
        state={stateOf(query, found.length === 0)}
        skeleton="list"
        title={t('notices.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {found.map((one) => (
          <article key={`${one.name}.${one.effective_from}`} className="xr-change">
            <h2 style={{ fontSize: 16, margin: 0 }}>{one.title}</h2>
            <p style={{ margin: '4px 0' }}>
              {t('notices.when', { from: absoluteTime(Date.parse(one.effective_from), language), announced: absoluteTime(Date.parse(one.announced_at), language) })}
            </p>
            <p style={{ margin: '4px 0' }}>
              {t('reason')}: {one.reason}
            </p>
            {one.kind === 'parameter' ? (
              <p style={{ margin: '4px 0' }}>
                <Shown value={one.before as Value | null} /> → <Shown value={one.after as Value | null} />
              </p>
            ) : (
              one.rows.map(({ row, change }) => (
                <Tag key={row}>
                  {row}: {t(`diff.${change}`)}
                </Tag>
              ))
            )}
          </article>
        ))}
      </StateBlock>
    </div>
  )
}
