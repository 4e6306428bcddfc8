import { Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import { Trouble } from '@/ui/Trouble'
import { FormBox } from '../parts/FormBox'
import type { Bench } from '../parts/wire'
import { ProposeForm } from '../party/ProposeForm'
import { RulingEditor } from './RulingEditor'

const DISPUTE = '/platform/v1/disputes/{dispute}'

interface Props {
  one: Bench
  onMoved: (bench: Bench) => void
}

type Open = 'ask' | 'propose' | 'rule' | 'recuse' | 'read' | 'refused'

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
  if (open) return <Words one={one} deed={open} onDone={done} onClose={close} />
  return (
    <div className="x-deeds">
      <NextActions
        deeds={one.deeds}
        actions={{
          ask: { label: t('deed.ask'), run: () => setOpen('ask'), hideRefused: true },
          propose: { label: t('deed.propose'), run: () => setOpen('propose'), hideRefused: true },
          refused: { label: t('deed.refused'), run: () => setOpen('refused'), hideRefused: true },
          jury: { label: t('deed.jury'), run: run(() => api.POST(`${DISPUTE}/jury`, { ...at, body: {} })), consequence: t('page.jury_then'), hideRefused: true },
          assign: { label: t('deed.assign'), run: run(() => api.POST(`${DISPUTE}/assign`, { ...at, body: {} })), hideRefused: true },
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

interface WordsProps {
  one: Bench
  deed: 'ask' | 'recuse' | 'read' | 'refused'
  onDone: (bench: Bench) => void
  onClose: () => void
}

function Words({ one, deed, onDone, onClose }: WordsProps) {
  const { t } = useTranslation('disputes')
  const [text, setText] = useState('')
  const [side, setSide] = useState<'claimant' | 'respondent'>('claimant')
  const [agree, setAgree] = useState<'yes' | 'no'>('yes')
  const [issue, setIssue] = useState(one.claims.find((claim) => !claim.issue.settled)?.issue.id ?? one.claims[0]?.issue.id ?? '')
  const at = { params: { path: { dispute: one.id } } }
  const said = text.trim()
  const send = async () => {
    switch (deed) {
      case 'ask':
        return onDone(await api.POST(`${DISPUTE}/ask`, { ...at, body: { side, text: said } }))
      case 'recuse':
        return onDone(await api.POST(`${DISPUTE}/recuse`, { ...at, body: { reason: said } }))
      case 'read':
        return onDone(await api.POST(`${DISPUTE}/read`, { ...at, body: { agree: agree === 'yes', text: said } }))
      case 'refused':
        return onDone(await api.POST(`${DISPUTE}/refused`, { ...at, body: { issue, text: said } }))
    }
  }
  return (
    <FormBox title={t(`deed.${deed}`)} submit={t(`deed.${deed}`)} ready={said !== ''} work={send} onClose={onClose}>
      {deed === 'refused' ? <p>{t('page.refused_then')}</p> : null}
      {deed === 'ask' ? (
        <label>
          {t('page.ask_whom')}
          <select className="x-native" value={side} onChange={(event) => setSide(event.target.value as 'claimant')}>
            <option value="claimant">{one.claimant.name}</option>
            <option value="respondent">{one.respondent.name}</option>
          </select>
        </label>
      ) : null}
      {deed === 'read' ? (
        <label>
          {t('page.second_says')}
          <select className="x-native" value={agree} onChange={(event) => setAgree(event.target.value as 'yes')}>
            <option value="yes">{t('page.second_yes')}</option>
            <option value="no">{t('page.second_no')}</option>
          </select>
        </label>
      ) : null}
      {deed === 'refused' ? (
        <label>
          {t('page.about')}
          <select className="x-native" value={issue} onChange={(event) => setIssue(event.target.value)}>
            {one.claims.map((claim) => (
              <option key={claim.issue.id} value={claim.issue.id}>
                {t(`issue.${claim.issue.issue}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label>
        {t('page.words')}
        <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
    </FormBox>
  )
}
