import { ArrowLeftOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { asRefusal, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { keepDraft } from '../model/draft'
import { type TableWhole, useTable } from '../tables'
import { InForceLine } from './InForceLine'
import { PublishDialog } from './PublishDialog'
import { Names } from './said'
import { useDraft } from './useDraft'
import { useReading, Views } from './Views'

interface Props {
  shop: string | null
  name: string
  /** Address of the list of rules. */
  back: string
}

/** One decision table: read by everybody who works with it, drafted and put in force by the marketplace. */
export function TableSheet({ shop, name, back }: Props) {
  const query = useTable(shop, name)
  return (
    <StateBlock state={stateOf(query, false)} skeleton="table" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? (
        <Names value={query.data}>
          <Whole key={`${name}.${query.data.line.wording}`} shop={shop} held={query.data} back={back} />
        </Names>
      ) : null}
    </StateBlock>
  )
}

function Whole({ shop, held, back }: { shop: string | null; held: TableWhole; back: string }) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const { line } = held
  const mayWrite = useReach('tables.write') !== 'none'
  const editable = shop === null && line.scope !== 'fixed' && mayWrite
  const draft = useDraft(line.name, held, editable)
  const reading = useReading()
  const queries = useQueryClient()
  const [publishing, setPublishing] = useState<'draft' | 'back' | null>(null)
  const published = async () => {
    keepDraft(line.name, null)
    draft.discard()
    reading.setView('history')
    await queries.invalidateQueries({ queryKey: ['tables'] })
  }
  const proved = draft.checked?.proved ?? false
  return (
    <Sheet
      title={
        <>
          <Link to={back} aria-label={t('table.back')}>
            <ArrowLeftOutlined />
          </Link>{' '}
          {line.title}
        </>
      }
      extra={
        editable ? (
          <>
            {draft.dirty ? <Button onClick={draft.discard}>{t('draft.discard')}</Button> : null}
            {!draft.dirty && line.source === 'marketplace' ? <Button onClick={() => setPublishing('back')}>{t('level_above')}</Button> : null}
            <Button type="primary" disabled={!draft.dirty || !proved} onClick={() => setPublishing('draft')}>
              {t('publish.open')}
            </Button>
          </>
        ) : (
          <Tag>{t(line.scope === 'fixed' ? 'table.fixed' : 'table.reading')}</Tag>
        )
      }
    >
      <p>
        <InForceLine line={line} />
      </p>
      {draft.dirty && draft.restored ? <Alert type="info" showIcon title={t('draft.restored')} style={{ marginBottom: 8 }} /> : null}
      {draft.outdated ? <Alert type="warning" showIcon title={t('draft.outdated')} style={{ marginBottom: 8 }} /> : null}
      {draft.dirty && draft.checked && !proved ? <p>{t('publish.unproved')}</p> : null}
      <Views shop={shop} held={held} draft={draft} editable={editable} reading={reading} />
      {publishing ? (
        <PublishDialog line={line} grid={publishing === 'draft' ? draft.grid : null} onDone={published} onClose={() => setPublishing(null)} />
      ) : null}
    </Sheet>
  )
}
