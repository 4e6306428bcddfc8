import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { FactDialog } from './FactDialog'
import type { Fact } from './wire'

/** What the shop knows for certain; what its people say is held against it. */
export default function FactsPage({ shop }: { shop: string }) {
  const { t } = useTranslation(['inspection', 'ui'])
  const [edited, setEdited] = useState<Fact | 'new' | null>(null)
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['facts', shop],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/facts', { params: { path: { shop } }, signal }),
  })
  const changed = () => queries.invalidateQueries({ queryKey: ['facts', shop] })
  const facts = query.data?.data ?? []
  const columns: readonly Column<Fact>[] = [
    { id: 'title', title: t('fact.title'), render: (one) => <strong>{one.title}</strong> },
    { id: 'about', title: t('fact.about'), render: (one) => <WordTags words={one.about} /> },
    { id: 'says', title: t('fact.says'), render: (one) => <WordTags words={one.says} /> },
    { id: 'never', title: t('fact.never'), render: (one) => <WordTags words={one.never} /> },
  ]
  const add = (
    <Button type="primary" onClick={() => setEdited('new')}>
      {t('fact.add')}
    </Button>
  )
  return (
    <Sheet title={t('fact.nav')} extra={add}>
      <p className="x-quiet" style={{ margin: '0 0 12px' }}>{t('fact.hint')}</p>
      <StateBlock
        state={stateOf(query, facts.length === 0)}
        skeleton="table"
        title={t('fact.none')}
        hint={t('fact.none_hint')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        <Rows
          label={t('fact.nav')}
          columns={columns}
          rows={facts}
          rowKey={(one) => one.id}
          renderActions={(one) => (
            <>
              <Button size="small" onClick={() => setEdited(one)}>
                {t('ui:action.edit')}
              </Button>
              <SureButton
                danger
                label={t('fact.archive')}
                sentence={t('fact.archive_then', { title: one.title })}
                run={async () => {
                  await api.DELETE('/api/v1/shops/{shop}/facts/{fact}', { params: { path: { shop, fact: one.id } } })
                  await changed()
                }}
              />
            </>
          )}
        />
      </StateBlock>
      {edited ? <FactDialog shop={shop} fact={edited === 'new' ? null : edited} onDone={changed} onClose={() => setEdited(null)} /> : null}
    </Sheet>
  )
}

function WordTags({ words }: { words: readonly string[] }) {
  return words.length > 0 ? words.map((word) => <Tag key={word}>{word}</Tag>) : <>–</>
}
