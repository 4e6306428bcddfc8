import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { combinationText, isMac } from './keys'
import { useShortcut, useShortcuts } from './shortcuts'

/** `?` lists what the keyboard can do on this page. */
export function ShortcutHelp() {
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  const shortcuts = useShortcuts()
  useShortcut('?', () => setOpen(true), { label: t('shortcuts.show') })
  const listed = new Map(shortcuts.filter((each) => each.label).map((each) => [each.keys, each.label]))
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('shortcuts.title')} destroyOnHidden>
      <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '8px 16px', margin: 0 }}>
        {[...listed].map(([keys, label]) => (
          <div key={keys} style={{ display: 'contents' }}>
            <dt>
              <kbd>{combinationText(keys, isMac())}</kbd>
            </dt>
            <dd style={{ margin: 0 }}>{label}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
