import { Drawer } from 'antd'
import { useTranslation } from '@/i18n/react'
import { Side } from './Side'

/** The right column where it has no room of its own. */
export default function SideDrawer({ conversation, close }: { conversation: string; close: () => void }) {
  const { t } = useTranslation('conversations')
  return (
    <Drawer open title={t('desk.side.open')} onClose={close} size={360} styles={{ body: { padding: 0 } }}>
      <Side conversation={conversation} />
    </Drawer>
  )
}
