import { Form, Input, Radio } from 'antd'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { CAUSES, type Cause, deeds, type DialogueWhole, shareLesson } from './wire'

export type DeedName = 'plan' | 'contest' | 'decide' | 'hint' | 'share'

interface Values {
  cause: Cause
  plan: string
  words: string
  title: string
  outcome: 'set_aside' | 'send_back'
}

interface Props {
  shop: string
  one: DialogueWhole
  deed: DeedName
  onDone: () => Promise<unknown>
  onClose: () => void
}

const WORDS_MAX = 4000

/** Everything one can do with an unsatisfied dialogue, each with its own short form. */
export function DialogueDialog({ shop, one, deed, onDone, onClose }: Props) {
  const { t } = useTranslation('learning')
  const { dialogue } = one
  const send = async (values: Values) => {
    switch (deed) {
      case 'plan':
        await deeds.plan(shop, dialogue.id, { cause: values.cause, plan: values.plan })
        break
      case 'contest':
        await deeds.contest(shop, dialogue.id, values.words)
        break
      case 'decide':
        await deeds.decide(shop, dialogue.id, { set_aside: values.outcome === 'set_aside', words: values.words })
        break
      case 'hint':
        await deeds.hint(shop, dialogue.id, values.words)
        break
      case 'share':
        await shareLesson(shop, { kind: 'lesson', title: values.title, good_answer: values.words, dialogue: dialogue.id, cause: dialogue.cause })
    }
    await onDone()
  }
  return (
    <FormDialog<Values> title={t(`deed.${deed}`)} submit={t(`deed.${deed}`)} onSubmit={send} onClose={onClose} initial={{ outcome: 'set_aside' }}>
      {deed === 'plan' ? (
        <Form.Item name="cause" label={t('form.cause')} rules={[{ required: true }]}>
          <Radio.Group options={CAUSES.map((cause) => ({ value: cause, label: t(`cause.${cause}`) }))} />
        </Form.Item>
      ) : null}
      {deed === 'decide' && dialogue.state === 'contested' ? (
        <Form.Item name="outcome" label={t('form.outcome')}>
          <Radio.Group
            options={[
              { value: 'set_aside', label: t('outcome_of.set_aside') },
              { value: 'send_back', label: t('outcome_of.send_back') },
            ]}
          />
        </Form.Item>
      ) : null}
      {deed === 'share' ? (
        <Form.Item name="title" label={t('form.title')} rules={[{ required: true }]}>
          <Input maxLength={120} />
        </Form.Item>
      ) : null}
      <Form.Item name={deed === 'plan' ? 'plan' : 'words'} label={t(`form.words_${deed}`)} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={4} maxLength={WORDS_MAX} showCount />
      </Form.Item>
    </FormDialog>
  )
}
