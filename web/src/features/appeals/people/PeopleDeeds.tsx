import { Button, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
import type { AppealWhole } from '../parts/wire'
import { AssignForm } from './AssignForm'
import { DecideForm } from './DecideForm'

const APPEAL = '/platform/v1/appeals/{appeal}'
type Words = 'ask_more' | 'suspend' | 'step_aside' | 'admit' | 'not_admit'

interface Props {
  one: AppealWhole
  onMoved: (whole: AppealWhole) => void
}

/** What a person of the marketplace can do now; whatever needs its reason opens a field for it. */
export function PeopleDeeds({ one, onMoved }: Props) {
  const { t } = useTranslation('appeals')
  const [open, setOpen] = useState<Words | 'decide' | 'assign' | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const path = { appeal: one.id }
  const done = (whole: AppealWhole) => {
    setOpen(null)
    onMoved(whole)
  }
  const run = (work: () => Promise<AppealWhole>) => async () => {
    setTrouble(null)
    try {
      done(await work())
    } catch (error) {
      setTrouble(error)
    }
  }
  if (open === 'decide') return <DecideForm one={one} onMoved={done} onClose={() => setOpen(null)} />
  if (open === 'assign') return <AssignForm one={one} onMoved={done} onClose={() => setOpen(null)} />
  if (open) return <WordsForm deed={open} onSend={async (text) => done(await said(open, one.id, text))} onClose={() => setOpen(null)} />
  const deeds = one.deeds.flatMap((deed) => (deed.deed === 'admit' ? [{ ...deed, deed: 'not_admit' }, deed] : [deed]))
  return (
    <div className="x-deeds">
      <NextActions
        deeds={deeds}
        actions={{
          admit: { label: t('deed.admit'), run: () => setOpen('admit'), primary: true, hideRefused: true },
          not_admit: { label: t('deed.not_admit'), run: () => setOpen('not_admit'), hideRefused: true },
          take: { label: t('deed.take'), run: run(() => api.POST(`${APPEAL}/take`, { params: { path } })), primary: true, hideRefused: one.state !== 'accepted' },
          assign: { label: t('deed.assign'), run: () => setOpen('assign'), hideRefused: true },
          decide: { label: t('deed.decide'), run: () => setOpen('decide'), primary: true, hideRefused: one.state !== 'assigned' },
          ask_more: { label: t('deed.ask_more'), run: () => setOpen('ask_more'), hideRefused: true },
          suspend: { label: t('deed.suspend'), run: () => setOpen('suspend'), hideRefused: true },
          resume: { label: t('deed.resume'), run: run(() => api.POST(`${APPEAL}/resume`, { params: { path }, body: { text: '' } })), hideRefused: true },
          step_aside: { label: t('deed.step_aside'), run: () => setOpen('step_aside'), hideRefused: true },
        }}
      />
      {trouble ? <Trouble error={trouble} /> : null}
    </div>
  )
}

function said(deed: Words, appeal: string, text: string): Promise<AppealWhole> {
  const at = { params: { path: { appeal } } }
  switch (deed) {
    case 'ask_more':
      return api.POST(`${APPEAL}/ask-more`, { ...at, body: { text } })
    case 'suspend':
      return api.POST(`${APPEAL}/suspend`, { ...at, body: { text } })
    case 'step_aside':
      return api.POST(`${APPEAL}/step-aside`, { ...at, body: { text } })
    case 'admit':
    case 'not_admit':
      return api.POST(`${APPEAL}/admit`, { ...at, body: { admit: deed === 'admit', text } })
  }
}

function WordsForm({ deed, onSend, onClose }: { deed: Words; onSend: (text: string) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation(['appeals', 'ui'])
  const [text, setText] = useState('')
  const { busy, trouble, send } = useSend(() => onSend(text.trim()))
  return (
    <form className="x-box x-form" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <label>
        {t(`reason.${deed}`)}
        <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {trouble ? <Trouble error={trouble} /> : null}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{t('ui:action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={text.trim() === ''}>
          {t(`deed.${deed}`)}
        </Button>
      </div>
    </form>
  )
}
