import { Alert, Form, Input } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { useNow } from '@/ui/serverClock'
import { firstStart, localTime } from '../model/draft'
import { type Grid, publish, type TableLine } from '../tables'

interface Values {
  reason: string
  from?: string
}

interface Props {
  line: TableLine
  /** Null: back to what the profile ships. */
  grid: Grid | null
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** When a wording begins, and why; how long it must be public is said before one saves. */
export function PublishDialog({ line, grid, onDone, onClose }: Props) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const now = new Date(useNow(60_000))
  const days = line.notice_days
  const save = async ({ reason, from }: Values) => {
    await publish(line.name, { reason: reason.trim(), effective_from: from ? new Date(from).toISOString() : null, ...(grid ? { grid } : {}) })
    await onDone()
  }
  return (
    <FormDialog<Values>
      title={grid ? t('publish.title', { name: line.title }) : t('publish.back_title', { name: line.title })}
      submit={t('publish.do')}
      initial={days === null ? {} : { from: localTime(firstStart(now, days)) }}
      onSubmit={save}
      onClose={onClose}
    >
      <Alert type="info" showIcon title={days === null ? t('publish.no_notice') : t('publish.notice', { days })} style={{ marginBottom: 12 }} />
      <Form.Item name="reason" label={t('reason')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="from" label={t('effective_from')} extra={t('effective_now')}>
        <Input type="datetime-local" style={{ width: 220 }} />
      </Form.Item>
    </FormDialog>
  )
}
