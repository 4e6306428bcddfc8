import { CloseOutlined, InfoCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'
import { useShortcut } from '@/ui/shortcuts'
import { Why } from '@/ui/Why'
import { useDesk, useNotice } from '../data/deskStore'

/** Why the last deed was not done, in one calm line. */
export function NoticeLine() {
  const { t } = useTranslation('ui')
  const notice = useNotice()
  const store = useDesk()
  useShortcut('escape', () => store.tell(null), { enabled: notice !== null, whileWriting: true })
  if (!notice) return null
  return (
    <div className="xd-notice" role="alert">
      <InfoCircleOutlined aria-hidden />
      <span style={{ flex: 1 }}>{notice.text}</span>
      {notice.row ? <Why outcome={notice.text} row={notice.row} /> : null}
      <Button type="text" size="small" icon={<CloseOutlined aria-hidden />} aria-label={t('action.close')} onClick={() => store.tell(null)} />
    </div>
  )
}
