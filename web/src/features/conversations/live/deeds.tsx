import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import type { ActionLook, ServerDeed } from '@/ui/nextActions'
import { Trouble } from '@/ui/Trouble'
import { ReassignDialog, WhisperDialog } from './dialogs'
import type { AtBoard, Named } from './wire'

export interface BoardProps {
  shop: string
  queues: readonly Named[]
  team: readonly Named[]
  onDone: () => void
}

type Door = 'take' | 'step-in'

/** What a manager may do about a conversation from the board: its buttons, and the dialogs they open. */
export function useBoardDeeds({ shop, queues, team, onDone }: BoardProps) {
  const { t } = useTranslation('conversations')
  const [asked, setAsked] = useState<{ deed: 'whisper' | 'assign'; one: AtBoard } | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const go = async (one: AtBoard, door: Door) => {
    setTrouble(null)
    try {
      await api.POST(`/api/v1/shops/{shop}/conversations/{conversation}/${door}`, { params: { path: { shop, conversation: one.id } } })
    } catch (error) {
      setTrouble(error)
    }
    onDone()
  }
  const looksOf = (one: AtBoard): Record<string, ActionLook> => ({
    whisper: { label: t('live.whisper'), run: () => setAsked({ deed: 'whisper', one }) },
    // What nobody serves is taken; what somebody serves is stepped into.
    ...(one.assignee_id
      ? { step_in: { label: t('live.step_in'), run: () => go(one, 'step-in'), consequence: t('live.step_in_then', { buyer: one.buyer_name }) } }
      : { take: { label: t('live.take'), run: () => go(one, 'take'), consequence: t('live.take_then', { buyer: one.buyer_name }) } }),
    assign: { label: t('live.reassign'), run: () => setAsked({ deed: 'assign', one }) },
  })
  const close = () => setAsked(null)
  const buttons = (one: AtBoard, more?: { deed: ServerDeed; look: ActionLook }): ReactNode => (
    <>
      <NextActions
        deeds={more ? [...one.deeds, more.deed] : one.deeds}
        actions={more ? { ...looksOf(one), [more.deed.deed]: more.look } : looksOf(one)}
        size="small"
      />
      <Button size="small" type={more ? 'default' : 'primary'} href={deskAddress(shop, one.id)}>
        {t('live.watch')}
      </Button>
    </>
  )
  const around = (
    <>
      {trouble ? <Trouble error={trouble} style={{ marginBottom: 8 }} /> : null}
      {asked?.deed === 'whisper' ? <WhisperDialog shop={shop} one={asked.one} onClose={close} /> : null}
      {asked?.deed === 'assign' ? <ReassignDialog shop={shop} one={asked.one} queues={queues} team={team} onClose={close} onDone={onDone} /> : null}
    </>
  )
  return { buttons, around }
}

/** The desk is another app: a whole page load. */
export function deskAddress(shop: string, conversation: string): string {
  return `/desk/${shop}/${conversation}`
}

/** Who the buyer is and what was said last. */
export function Buyer({ shop, one }: { shop: string; one: AtBoard }) {
  const { t } = useTranslation('conversations')
  return (
    <>
      <a href={deskAddress(shop, one.id)}>{one.buyer_name || t('desk.buyer.nameless')}</a>
      <div className="x-quiet x-small x-clip">{one.last_text}</div>
    </>
  )
}
