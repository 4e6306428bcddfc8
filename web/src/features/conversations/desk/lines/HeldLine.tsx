import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'
import { useFromNow } from '@/ui/serverClock'
import { useShortcut } from '@/ui/shortcuts'
import { useHolding } from '../data/useHolding'
import type { HeldMessage } from '../data/holding'
import { useEditorDoor } from '../editor/editorDoor'
import { Words } from './Content'

/** A message that leaves in a moment and can still be taken back. */
export function HeldLine({ held }: { held: HeldMessage }) {
  const { t } = useTranslation('conversations')
  const holding = useHolding()
  const door = useEditorDoor()
  const seconds = useFromNow((now) => Math.max(0, Math.ceil((held.leavesAt - now) / 1_000)))
  const { kind = 'text', text = '', client_id: id } = held.wish
  const undo = () => {
    const wish = holding.undo(id)
    if (wish?.kind === 'text') door.take(wish.text ?? '')
  }
  useShortcut('alt+z', undo, { label: t('desk.keys.undo') })
  return (
    <article className="xd-entry" data-side="shop" data-opens="false" data-echo="held">
      <div className="xd-entry-row">
        <div className="xd-bubble" data-kind={kind}>
          {kind === 'text' ? <Words text={text} /> : <p className="xd-words">{t(`desk.kind.${kind}`)}</p>}
        </div>
        <span className="xd-entry-foot">
          <span className="x-figures">{t('desk.undo.leaves', { seconds })}</span>
          <Button size="small" type="link" onClick={undo}>
            {t('desk.undo.button')}
          </Button>
        </span>
      </div>
    </article>
  )
}
