import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { languageName } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { CannedDialog, Preview } from './CannedDialog'
import type { Canned } from './wire'

/** The prepared answers of the shop; agents reach them by `/shortcut`. */
export default function CannedPage({ shop }: { shop: string }) {
  const { t } = useTranslation(['conversations', 'ui'])
  const [words, setWords] = useState('')
  const [edited, setEdited] = useState<Canned | 'new' | null>(null)
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['canned', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/canned', { params: { path: { shop } }, signal }),
  })
  const changed = () => queries.invalidateQueries({ queryKey: ['canned', shop] })
  const all = query.data?.data ?? []
  const wanted = words.trim().toLowerCase()
  const shown = all.filter((one) => [one.title, one.text, one.shortcut, one.topic].some((word) => word.toLowerCase().includes(wanted)))
  const columns: readonly Column<Canned>[] = [
    {
      id: 'title',
      title: t('canned.title'),
      render: (one) => (
        <>
          <strong>{one.title}</strong> {one.topic ? <Tag>{one.topic}</Tag> : null}
        </>
      ),
    },
    { id: 'shortcut', title: t('canned.shortcut'), render: (one) => (one.shortcut ? <code>/{one.shortcut}</code> : '–') },
    { id: 'language', title: t('canned.language'), render: (one) => one.language ? languageName(one.language) : t('canned.any') },
    {
      id: 'text',
      title: t('canned.text'),
      render: (one) => (
        <span className="x-clip">
          <Preview text={one.text} />
        </span>
      ),
    },
  ]
  return (
    <Sheet
      title={t('canned.nav')}
      extra={
        <>
          <Input.Search
            allowClear
            aria-label={t('ui:action.search')}
            placeholder={t('ui:action.search')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            style={{ width: 200 }}
          />
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('canned.add')}
          </Button>
        </>
      }
    >
      <StateBlock
        state={stateOf(query, shown.length === 0)}
        skeleton="table"
        title={all.length === 0 ? t('canned.none') : t('canned.not_found')}
        hint={all.length === 0 ? t('canned.none_hint') : t('ui:state.other_words')}
        action={<Button onClick={() => setEdited('new')}>{t('canned.add')}</Button>}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <Rows
          label={t('canned.nav')}
          columns={columns}
          rows={shown}
          rowKey={(one) => one.id}
          renderActions={(one) => (
            <>
              <Button size="small" onClick={() => setEdited(one)}>
                {t('ui:action.edit')}
              </Button>
              <SureButton
                danger
                label={t('canned.archive')}
                sentence={t('canned.archive_then', { title: one.title })}
                run={async () => {
                  await api.DELETE('/api/v1/shops/{shop}/canned/{canned}', { params: { path: { shop, canned: one.id } } })
                  await changed()
                }}
              />
            </>
          )}
        />
      </StateBlock>
      {edited ? (
        <CannedDialog shop={shop} canned={edited === 'new' ? null : edited} onDone={changed} onClose={() => setEdited(null)} />
      ) : null}
    </Sheet>
  )
}
