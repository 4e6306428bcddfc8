import { useQuery } from '@tanstack/react-query'
import { Form, Input, Radio, Select } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { absoluteTime } from '@/ui/time'
import type { PeopleDeed } from './Shown'
import { alike, type Decision, decide, type Finding, find, type Jump, jump, KEY, merge, type Whole } from './server'

const DEALS = ['real', 'none', 'different', 'fake'] as const
const TIMINGS = ['in_time', 'excused', 'late'] as const
const MALICES = ['none', 'shown'] as const
const DECIDED = ['no', 'no_new_fact', 'new_fact'] as const
const CAUSES = ['unsolved', 'repeat', 'vip', 'safety', 'food_poisoning', 'threat_to_life', 'authority_document', 'mass_claims', 'prohibited_goods'] as const
const OUTCOMES = ['upheld', 'rejected', 'not_proved'] as const

interface Props {
  deed: PeopleDeed
  whole: Whole
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** What people of the marketplace say with a deed; reasons are needed, the table answers. */
export default function DeedDialogs({ deed, ...props }: Props) {
  switch (deed) {
    case 'acceptance':
      return <Acceptance {...props} />
    case 'merge':
      return <Merge {...props} />
    case 'jump':
      return <JumpDialog {...props} />
    case 'decide':
      return <Decide {...props} />
  }
}

type Own = Omit<Props, 'deed'>

function Reasons() {
  const { t } = useTranslation(['complaints', 'ui'])
  return (
    <Form.Item name="text" label={t('people.words')} extra={t('people.words_hint')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
      <Input.TextArea rows={3} maxLength={4_000} />
    </Form.Item>
  )
}

function Acceptance({ whole, onDone, onClose }: Own) {
  const { t } = useTranslation('complaints')
  const facts = whole.acceptance?.facts
  const initial: Partial<Finding> = facts ? { deal: facts.deal, timing: facts.timing, decided: facts.decided, malice: 'none', settled: facts.settled, evidence: facts.evidence } : {}
  const choices = <Word extends string>(words: readonly Word[], say: (word: Word) => string) => words.map((value) => ({ value, label: say(value) }))
  const yesNo = [
    { value: true, label: t('yes') },
    { value: false, label: t('no') },
  ]
  const send = async (body: Finding) => {
    await find(whole.id, body)
    await onDone()
  }
  return (
    <FormDialog<Finding> title={t('people.deed.acceptance')} submit={t('people.deed.acceptance')} initial={initial} onSubmit={send} onClose={onClose}>
      <Form.Item name="deal" label={t('people.deal')}>
        <Select options={choices(DEALS, (word) => t(`deal.${word}`))} />
      </Form.Item>
      <Form.Item name="timing" label={t('people.timing')}>
        <Select options={choices(TIMINGS, (word) => t(`timing.${word}`))} />
      </Form.Item>
      <Form.Item name="decided" label={t('people.decided')}>
        <Select options={choices(DECIDED, (word) => t(`decided.${word}`))} />
      </Form.Item>
      <Form.Item name="settled" label={t('people.settled')}>
        <Radio.Group aria-label={t('people.settled')} options={yesNo} />
      </Form.Item>
      <Form.Item name="evidence" label={t('people.evidence')}>
        <Radio.Group aria-label={t('people.evidence')} options={yesNo} />
      </Form.Item>
      <Form.Item name="malice" label={t('people.malice')}>
        <Select options={choices(MALICES, (word) => t(`malice.${word}`))} />
      </Form.Item>
      <Reasons />
    </FormDialog>
  )
}

function Merge({ whole, onDone, onClose }: Own) {
  const { t, i18n } = useTranslation(['complaints', 'ui'])
  const query = useQuery({ queryKey: [...KEY, 'alike', whole.id], queryFn: ({ signal }) => alike(whole, signal) })
  const send = async ({ into, text }: { into: string; text: string }) => {
    await merge(whole.id, into, text)
    await onDone()
  }
  return (
    <FormDialog<{ into: string; text: string }> title={t('people.deed.merge')} submit={t('people.deed.merge')} onSubmit={send} onClose={onClose}>
      <Form.Item name="into" label={t('people.into')} extra={t('people.into_hint')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Select
          loading={query.isPending}
          notFoundContent={t('people.none_alike')}
          options={(query.data ?? []).map((one) => ({ value: one.id, label: `${one.number} · ${t(`type.${one.type as 'abuse'}`)} · ${t(`state.${one.state}`)} · ${absoluteTime(Date.parse(one.lodged_at), i18n.language)}` }))}
        />
      </Form.Item>
      <Reasons />
    </FormDialog>
  )
}

function JumpDialog({ whole, onDone, onClose }: Own) {
  const { t } = useTranslation(['complaints', 'ui'])
  const send = async (body: Jump) => {
    await jump(whole.id, body)
    await onDone()
  }
  return (
    <FormDialog<Jump> title={t('people.deed.jump')} submit={t('people.deed.jump')} onSubmit={send} onClose={onClose}>
      <Form.Item name="cause" label={t('people.cause')} rules={[{ required: true, message: t('ui:form.needed') }]}>
        <Select options={CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))} />
      </Form.Item>
      <Reasons />
    </FormDialog>
  )
}

function Decide({ whole, onDone, onClose }: Own) {
  const { t } = useTranslation(['complaints', 'ui'])
  const send = async (body: Decision) => {
    await decide(whole.id, body)
    await onDone()
  }
  return (
    <FormDialog<Decision> title={t('people.deed.decide')} submit={t('people.deed.decide')} onSubmit={send} onClose={onClose}>
      <Form.Item name="outcome" label={t('people.outcome')} rules={[{ required: true, message: t('ui:form.needed') }]}>
        <Radio.Group style={{ display: 'grid', gap: 4 }} options={OUTCOMES.map((value) => ({ value, label: t(`state.${value}`) }))} />
      </Form.Item>
      <Reasons />
    </FormDialog>
  )
}
