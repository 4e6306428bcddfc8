import { Button, Modal } from 'antd'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { ParameterName, Shown } from './Shown'
import { type InForce, type RuleEntry, useHistory } from './wire'

/** Every version of a value, newest first, with the reason somebody gave. */
export function HistoryDialog({ shop, entry, onClose }: { shop: string | null; entry: InForce; onClose: () => void }) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const { parameter } = entry
  const history = useHistory(shop, parameter.name)
  const columns: readonly Column<RuleEntry>[] = [
    { id: 'version', title: t('column.version'), render: (one) => one.version },
    { id: 'value', title: t('column.value'), render: (one) => <Shown value={one.value} parameter={parameter} /> },
    { id: 'author', title: t('column.author'), render: (one) => one.author_name },
    { id: 'from', title: t('effective_from'), render: (one) => <RelativeTime at={one.effective_from} /> },
    { id: 'reason', title: t('reason'), render: (one) => one.reason },
  ]
  return (
    <Modal open width={760} title={<ParameterName name={parameter.name} />} footer={null} onCancel={onClose}>
      <StateBlock
        state={stateOf(history, history.items.length === 0)}
        skeleton="list"
        title={t('never_changed')}
        error={history.isError ? asRefusal(history.error) : null}
        onRetry={history.refetch}
      >
        <Rows label={t('history')} columns={columns} rows={history.items} rowKey={(one) => one.id} />
        {history.hasMore ? (
          <Button block loading={history.isFetchingMore} onClick={history.fetchMore}>
            {t('ui:action.more')}
          </Button>
        ) : null}
      </StateBlock>
    </Modal>
  )
}
