import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { api, asRefusal, useMe } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { RelativeTime } from '@/ui/RelativeTime'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'

const KEY = ['platform', 'widget-key']

/** The chat for other people's pages: the script to put there, and the key that signs their buyers' ids. */
export default function WidgetPage() {
  const { t } = useTranslation('identity')
  const queries = useQueryClient()
  const [seen, setSeen] = useState(false)
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.GET('/platform/v1/marketplace/widget-key', { signal }) })
  const key = query.data
  return (
    <Sheet title={t('widget.nav')} hint={t('widget.hint')}>
      <StateBlock
        state={stateOf(query, false)}
        skeleton="card"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <Snippet />
        {key ? (
          <Part
            title={t('widget.key', { number: key.number })}
            extra={
              <SureButton
                danger
                label={t('widget.rotate')}
                sentence={t('widget.rotate_then')}
                run={async () => {
                  queries.setQueryData(KEY, await api.POST('/platform/v1/marketplace/widget-key/rotate'))
                }}
              />
            }
          >
            <p className="x-quiet">{t('widget.key_hint')}</p>
            {seen ? (
              <Copyable text={key.key}>
                <code style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{key.key}</code>
              </Copyable>
            ) : (
              <Button style={{ marginTop: 8 }} onClick={() => setSeen(true)}>{t('widget.show')}</Button>
            )}
            {key.previous_accepted_until ? (
              <p className="x-quiet">
                {t('widget.previous')} <RelativeTime at={key.previous_accepted_until} />
              </p>
            ) : null}
          </Part>
        ) : null}
      </StateBlock>
    </Sheet>
  )
}

function Snippet() {
  const { t } = useTranslation('identity')
  const shops = useQuery({
    queryKey: ['platform', 'shops', 'choice'],
    queryFn: ({ signal }) => api.GET('/platform/v1/shops', { params: { query: { limit: 200 } }, signal }),
  }).data?.data
  const { marketplace } = useMe()
  const [chosen, setChosen] = useState<string | null>(null)
  const shop = chosen ?? shops?.[0]?.id ?? ''
  const text = `<script async src="${location.origin}/widget.js"\n        data-marketplace="${marketplace.slug}" data-shop="${shop}"></script>`
  return (
    <Part
      title={t('widget.snippet')}
      extra={
        <Select
          aria-label={t('people.shop')}
          value={shop}
          onChange={setChosen}
          options={(shops ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          style={{ width: 220 }}
        />
      }
    >
      <Copyable text={text}>
        <code style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</code>
      </Copyable>
    </Part>
  )
}
