import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import { Trouble } from '@/ui/Trouble'
import { deedsOf } from '../parts/server'
import type { DisputeWhole, Place } from '../parts/wire'
import { ProposeForm } from './ProposeForm'
import { ShowForm } from './ShowForm'
import { SuspendForm } from './SuspendForm'
import { WordsForm } from './WordsForm'

interface Props {
  place: Place
  one: DisputeWhole
  onMoved: (whole: DisputeWhole) => void
}

type Open = 'show' | 'propose' | 'say' | 'withdraw' | 'challenge' | 'resume' | 'suspend' | 'prove_court'

/** What a party can do now, drawn only from what the server allows; a deed with words opens its form here. */
export function PartyDeeds({ place, one, onMoved }: Props) {
  const { t } = useTranslation('disputes')
  const [open, setOpen] = useState<Open | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const deeds = deedsOf(place, one.id)
  const close = () => setOpen(null)
  const done = (whole: DisputeWhole) => {
    close()
    onMoved(whole)
  }
  const run = (work: () => Promise<DisputeWhole>) => async () => {
    setTrouble(null)
    try {
      done(await work())
    } catch (error) {
      setTrouble(error)
    }
  }
  if (open === 'show') return <ShowForm place={place} one={one} onSend={async (wish) => done(await deeds.show(wish))} onClose={close} />
  if (open === 'propose') return <ProposeForm one={one} onSend={async (wish) => done(await deeds.propose(wish))} onClose={close} />
  if (open === 'suspend') return <SuspendForm place={place} one={one} needsPaper={false} onSend={async (wish) => done(await deeds.suspend(wish))} onClose={close} />
  if (open === 'prove_court') return <SuspendForm place={place} one={one} needsPaper onSend={async ({ text, files }) => done(await deeds.prove_court({ text, files }))} onClose={close} />
  if (open) return <WordsForm deed={open} needed={open === 'say' || open === 'challenge'} onSend={async (text) => done(await deeds[open](text))} onClose={close} />
  const mustShow = one.issues_shown.some((issue) => issue.holder === one.me && !issue.settled)
  return (
    <div className="x-deeds">
      <NextActions
        deeds={one.deeds}
        actions={{
          withdraw: { label: t('deed.withdraw'), run: () => setOpen('withdraw'), hideRefused: true },
          challenge: { label: t('deed.challenge'), run: () => setOpen('challenge'), hideRefused: true },
          suspend: { label: t('deed.suspend'), run: () => setOpen('suspend'), hideRefused: true },
          prove_court: { label: t('deed.prove_court'), run: () => setOpen('prove_court'), primary: true, hideRefused: true },
          resume: { label: t('deed.resume'), run: () => setOpen('resume'), hideRefused: true },
          say: { label: t('deed.say'), run: () => setOpen('say'), hideRefused: true },
          propose: { label: t('deed.propose'), run: () => setOpen('propose'), hideRefused: true },
          ready: { label: t('deed.ready'), run: run(deeds.ready), consequence: t('page.ready_then'), hideRefused: true },
          execute: { label: t('deed.execute'), run: run(deeds.execute), consequence: t('page.execute_then'), hideRefused: true },
          show: { label: t('deed.show'), run: () => setOpen('show'), primary: mustShow, hideRefused: true },
        }}
      />
      {trouble ? <Trouble error={trouble} /> : null}
    </div>
  )
}
