import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormBox } from '../parts/FormBox'
import { GroundSelect } from '../parts/GroundSelect'
import type { Bench } from '../parts/wire'

const DISPUTE = '/platform/v1/disputes/{dispute}'
const SAY = { ask: 'deed.ask', recuse: 'deed.recuse', read: 'deed.read', refused: 'deed.refused', assign: 'deed.assign', suspend: 'deed.suspend_it', resume: 'deed.resume' } as const

export type WordsDeed = keyof typeof SAY

interface Props {
  one: Bench
  deed: WordsDeed
  onDone: (bench: Bench) => void
  onClose: () => void
}

/** A deed of an officer that comes with a choice or with words, beside the claims it is about. */
export function BenchWords({ one, deed, onDone, onClose }: Props) {
  const { t } = useTranslation('disputes')
  const [text, setText] = useState('')
  const [choice, setChoice] = useState(() => firstChoice(one, deed))
  const said = text.trim()
  return (
    <FormBox
      title={t(SAY[deed])}
      submit={t(SAY[deed])}
      ready={deed === 'assign' || said !== ''}
      work={async () => onDone(await sent(one.id, deed, choice, said))}
      onClose={onClose}
    >
      <Choice one={one} deed={deed} choice={choice} onChoose={setChoice} />
      {deed === 'assign' ? null : (
        <label>
          {t('page.words')}
          <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
      )}
    </FormBox>
  )
}

function firstChoice(one: Bench, deed: WordsDeed): string {
  switch (deed) {
    case 'ask':
      return 'claimant'
    case 'read':
      return 'yes'
    case 'suspend':
      return 'court'
    case 'refused':
      return one.claims.find((claim) => !claim.issue.settled)?.issue.id ?? one.claims[0]?.issue.id ?? ''
    default:
      return ''
  }
}

function sent(dispute: string, deed: WordsDeed, choice: string, text: string): Promise<Bench> {
  const at = { params: { path: { dispute } } }
  switch (deed) {
    case 'ask':
      return api.POST(`${DISPUTE}/ask`, { ...at, body: { side: choice as 'claimant', text } })
    case 'recuse':
      return api.POST(`${DISPUTE}/recuse`, { ...at, body: { reason: text } })
    case 'read':
      return api.POST(`${DISPUTE}/read`, { ...at, body: { agree: choice === 'yes', text } })
    case 'refused':
      return api.POST(`${DISPUTE}/refused`, { ...at, body: { issue: choice, text } })
    case 'assign':
      return api.POST(`${DISPUTE}/assign`, { ...at, body: choice ? { officer: choice } : {} })
    case 'suspend':
      return api.POST(`${DISPUTE}/suspend`, { ...at, body: { ground: choice as 'court', text } })
    case 'resume':
      return api.POST(`${DISPUTE}/resume`, { ...at, body: { text } })
  }
}

interface ChoiceProps {
  one: Bench
  deed: WordsDeed
  choice: string
  onChoose: (choice: string) => void
}

function Choice({ one, deed, choice, onChoose }: ChoiceProps) {
  const { t } = useTranslation('disputes')
  const select = (label: string, options: ReactNode) => (
    <label>
      {label}
      <select className="x-native" value={choice} onChange={(event) => onChoose(event.target.value)}>
        {options}
      </select>
    </label>
  )
  if (deed === 'assign') return <Officers one={one} choice={choice} onChoose={onChoose} />
  if (deed === 'suspend') return <GroundSelect ground={choice as 'court'} onChoose={onChoose} />
  if (deed === 'ask')
    return select(
      t('page.ask_whom'),
      <>
        <option value="claimant">{one.claimant.name}</option>
        <option value="respondent">{one.respondent.name}</option>
      </>,
    )
  if (deed === 'read')
    return select(
      t('page.second_says'),
      <>
        <option value="yes">{t('page.second_yes')}</option>
        <option value="no">{t('page.second_no')}</option>
      </>,
    )
  if (deed !== 'refused') return null
  return (
    <>
      <p>{t('page.refused_then')}</p>
      {select(
        t('page.about'),
        one.claims.map(({ issue }) => (
          <option key={issue.id} value={issue.id}>
            {t(`issue.${issue.issue}`)}
          </option>
        )),
      )}
    </>
  )
}

/** Who could judge it: the fewest open ones first; whoever stands too near to a party is left out. */
function Officers({ one, choice, onChoose }: Omit<ChoiceProps, 'deed'>) {
  const { t } = useTranslation('disputes')
  const near = new Set([one.claimant.id, one.respondent.id])
  const query = useQuery({ queryKey: ['disputes', 'people', 'officers'], queryFn: ({ signal }) => api.GET('/platform/v1/dispute-officers', { signal }) })
  const free = (query.data ?? []).filter(({ id, active, conflicts }) => active && id !== one.officer?.id && !near.has(id) && !conflicts.some((each) => near.has(each.id)))
  return (
    <label>
      {t('page.assign_whom')}
      <select className="x-native" value={choice} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{t('page.assign_fittest')}</option>
        {free.map(({ id, name, open }) => (
          <option key={id} value={id}>
            {t('page.officer_load', { name, count: open })}
          </option>
        ))}
      </select>
    </label>
  )
}
