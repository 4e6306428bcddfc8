import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import { Trouble } from '@/ui/Trouble'
import type { Bench } from '../parts/wire'
import { ProposeForm } from '../party/ProposeForm'
import { BenchWords, type WordsDeed } from './BenchWords'
import { RulingEditor } from './RulingEditor'

const DISPUTE = '/platform/v1/disputes/{dispute}'

interface Props {
  one: Bench
  onMoved: (bench: Bench) => void
}

type Open = WordsDeed | 'propose' | 'rule'

/** What an officer can do now; whatever needs words opens here, beside the claims it is about. */
export function BenchDeeds({ one, onMoved }: Props) {
  const { t } = useTranslation('disputes')
  const [open, setOpen] = useState<Open | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const at = { params: { path: { dispute: one.id } } }
  const close = () => setOpen(null)
  const done = (bench: Bench) => {
    close()
    onMoved(bench)
  }
  const run = (work: () => Promise<Bench>) => async () => {
    setTrouble(null)
    try {
      done(await work())
    } catch (error) {
      setTrouble(error)
    }
  }
  if (open === 'rule') return <RulingEditor one={one} onRuled={done} onClose={close} />
  if (open === 'propose') return <ProposeForm one={one} onSend={async (body) => done(await api.POST(`${DISPUTE}/propose`, { ...at, body }))} onClose={close} />
  if (open) return <BenchWords one={one} deed={open} onDone={done} onClose={close} />
  return (
    <div className="x-deeds">
      <NextActions
        deeds={one.deeds}
        actions={{
          ask: { label: t('deed.ask'), run: () => setOpen('ask'), hideRefused: true },
          propose: { label: t('deed.propose'), run: () => setOpen('propose'), hideRefused: true },
          refused: { label: t('deed.refused'), run: () => setOpen('refused'), hideRefused: true },
          jury: { label: t('deed.jury'), run: run(() => api.POST(`${DISPUTE}/jury`, { ...at, body: {} })), consequence: t('page.jury_then'), hideRefused: true },
          assign: { label: t('deed.assign'), run: () => setOpen('assign'), hideRefused: true },
          suspend: { label: t('deed.suspend_it'), run: () => setOpen('suspend'), hideRefused: true },
          resume: { label: t('deed.resume'), run: () => setOpen('resume'), primary: true, hideRefused: true },
          recuse: { label: t('deed.recuse'), run: () => setOpen('recuse'), hideRefused: true },
          execute: { label: t('deed.execute'), run: run(() => api.POST(`${DISPUTE}/execute`, { ...at, body: {} })), hideRefused: true },
          read: { label: t('deed.read'), run: () => setOpen('read'), primary: true, hideRefused: true },
          rule: { label: t('deed.rule'), run: () => setOpen('rule'), primary: true, shortcut: 'r' },
        }}
      />
      {trouble ? <Trouble error={trouble} /> : null}
    </div>
  )
}
