import { MoreOutlined } from '@ant-design/icons'
import { useMemo, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { type Command, useCommands } from '@/ui/commands'
import { NextActions } from '@/ui/NextActions'
import { lazily } from '@/ui/lazily'
import type { ActionLook } from '@/ui/nextActions'
import { useDeeds } from '../data/useDeeds'
import { useDesk } from '../data/deskStore'
import { Menu, type MenuItem } from '../Menu'
import { PLAIN_DEEDS, type PlainDeed, transcriptAddress } from '../server'
import type { Summary } from '../wire'

const Dialogs = lazily(() => import('../dialogs/Dialogs'))

/** Deeds that ask for something before they are done. */
export type DialogName = 'transfer' | 'assign' | 'share' | 'snooze' | 'merge' | 'tag' | 'scheduled'

type DeedName = PlainDeed | Exclude<DialogName, 'scheduled'>

const FORMATS = ['html', 'text', 'json'] as const

/** The next deeds of a conversation, from the server's list: some as buttons, the rest behind one more. */
export function HeaderActions({ summary }: { summary: Summary }) {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const at = { shop, conversation: summary.id }
  const deeds = useDeeds(at)
  const [dialog, setDialog] = useState<DialogName | null>(null)
  const looks = useMemo((): Record<string, ActionLook> => {
    const look = (deed: DeedName, rest: Partial<ActionLook> = {}): ActionLook => ({
      label: t(`desk.deed.${deed}`),
      run: () => (isPlain(deed) ? deeds.plain(deed) : undefined),
      hideRefused: true,
      ...rest,
    })
    return {
      take: look('take', { primary: true, shortcut: 'alt+t' }),
      step_in: look('step_in'),
      wake: look('wake', { primary: true }),
      reopen: look('reopen', { primary: true }),
      snooze: look('snooze', { run: () => setDialog('snooze'), shortcut: 'alt+s' }),
      transfer: look('transfer', { run: () => setDialog('transfer'), shortcut: 'alt+r' }),
      close: look('close', { shortcut: 'alt+c' }),
    }
    // The deeds of one conversation do the same however often they are made.
    // eslint-disable-next-line react/exhaustive-deps
  }, [t, summary.id])
  const more = useMore(summary, deeds, setDialog)
  useCommandsOf(summary, looks, more)
  return (
    <div className="xd-head-deeds">
      <div className="xd-head-buttons">
        <NextActions deeds={summary.deeds} actions={looks} size="small" />
      </div>
      <Menu label={t('desk.more')} icon={<MoreOutlined aria-hidden />} items={more} />
      {dialog ? <Dialogs name={dialog} summary={summary} close={() => setDialog(null)} /> : null}
    </div>
  )
}

/** Everything else; what is refused now says why. On a narrow screen these are all of them. */
function useMore(summary: Summary, deeds: ReturnType<typeof useDeeds>, open: (name: DialogName) => void): MenuItem[] {
  const { t } = useTranslation('conversations')
  const { shop } = useDesk()
  const byName = new Map(summary.deeds.map((deed) => [deed.deed, deed]))
  const items: MenuItem[] = []
  const add = (deed: DeedName, run: () => void) => {
    const known = byName.get(deed)
    if (!known) return
    items.push({ key: deed, label: t(`desk.deed.${deed}`), run, refused: known.allowed ? null : (known.code ?? 'conversations.not_yours') })
  }
  add('transfer', () => open('transfer'))
  add('assign', () => open('assign'))
  add('release', () => void deeds.plain('release'))
  add('snooze', () => open('snooze'))
  add('share', () => open('share'))
  add('tag', () => open('tag'))
  add('merge', () => open('merge'))
  add('close', () => void deeds.plain('close'))
  items.push({ key: 'scheduled', label: t('desk.schedule.list'), run: () => open('scheduled') })
  for (const format of FORMATS) {
    items.push({
      key: `transcript ${format}`,
      label: t(`desk.transcript.${format}`),
      run: () => download(transcriptAddress({ shop, conversation: summary.id }, format)),
    })
  }
  return items
}

function isPlain(deed: DeedName): deed is PlainDeed {
  return PLAIN_DEEDS.some((each) => each === deed)
}

/** The server names the file. */
function download(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.rel = 'noopener'
  document.body.append(link)
  link.click()
  link.remove()
}

/** The same deeds in the command palette. */
function useCommandsOf(summary: Summary, looks: Record<string, ActionLook>, more: readonly MenuItem[]): void {
  const moreRef = JSON.stringify(more.map((item) => [item.key, item.label, item.refused]))
  const commands = useMemo(() => {
    const found = new Map<string, Command>()
    for (const { deed, allowed } of summary.deeds) {
      const look = looks[deed]
      if (allowed && look) found.set(deed, { id: `conversation.${deed}`, label: look.label, run: () => void look.run(), ...(look.shortcut ? { shortcut: look.shortcut } : {}) })
    }
    for (const item of more) {
      if (!item.refused && !found.has(item.key)) found.set(item.key, { id: `conversation.${item.key}`, label: item.label, run: item.run })
    }
    return [...found.values()]
    // `more` is made anew at every draw; its text says whether it differs.
    // eslint-disable-next-line react/exhaustive-deps
  }, [summary.deeds, looks, moreRef])
  useCommands(commands)
}
