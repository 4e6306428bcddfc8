import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { NextActions } from '@/ui/NextActions'
import { numbersIn } from '../shop/ProposeDialog'
import { TextDialog } from '../TextDialog'
import type { Block } from '../wire'

const DOORS = {
  approve: '/platform/v1/blocks/{block}/approve',
  refuse: '/platform/v1/blocks/{block}/refuse',
  keep: '/platform/v1/blocks/{block}/keep',
  lift: '/platform/v1/blocks/{block}/lift',
} as const
type Deed = keyof typeof DOORS | 'lift_wrong'
type Insult = 'none' | 'shown' | 'grave'

interface Values {
  text: string
  insult?: Insult
  numbers?: string
}

/** What people of the marketplace may do with a block. */
export function PeopleDeeds({ block }: { block: Block }) {
  const { t } = useTranslation('blocks')
  const queries = useQueryClient()
  const [deed, setDeed] = useState<Deed | null>(null)
  const path = { params: { path: { block: block.id } } }
  const changed = () => queries.invalidateQueries({ queryKey: ['blocks', 'people'] })
  const submit = async ({ text, insult, numbers }: Values) => {
    if (deed === 'lift_wrong') {
      const body = { text: text.trim(), insult: insult ?? 'none', insult_evidence: numbersIn(numbers ?? '') } as const
      await api.POST('/platform/v1/blocks/{block}/lift-wrong', { ...path, body })
    } else if (deed) {
      await api.POST(DOORS[deed], { ...path, body: { text: text.trim() } })
    }
    await changed()
  }
  return (
    <div className="x-deeds">
      <NextActions
        deeds={block.deeds}
        actions={{
          approve: { label: t('deed.approve'), primary: true, hideRefused: block.state !== 'heard', run: () => setDeed('approve') },
          refuse: { label: t('deed.refuse'), hideRefused: true, run: () => setDeed('refuse') },
          withdraw: {
            label: t('deed.withdraw'),
            hideRefused: true,
            consequence: t('sure.withdraw'),
            run: () => api.POST('/platform/v1/blocks/{block}/withdraw', path).then(changed),
          },
          keep: { label: t('deed.keep'), primary: true, hideRefused: block.state !== 'in_review', run: () => setDeed('keep') },
          lift: { label: t('deed.lift'), hideRefused: true, run: () => setDeed('lift') },
          lift_wrong: { label: t('deed.lift_wrong'), danger: true, hideRefused: !block.is_binding, run: () => setDeed('lift_wrong') },
        }}
      />
      {deed ? (
        <TextDialog<Values>
          title={t(`deed.${deed}`)}
          label={t('label.reasons')}
          onSubmit={submit}
          onClose={() => setDeed(null)}
          {...(deed === 'lift_wrong' ? { hint: t('wrong.hint') } : {})}
        >
          {deed === 'lift_wrong' ? (
            <>
              <Form.Item name="insult" label={t('label.insult')} initialValue="none">
                <Radio.Group options={(['none', 'shown', 'grave'] as const).map((value) => ({ value, label: t(`insult.${value}`) }))} />
              </Form.Item>
              <Form.Item name="numbers" label={t('label.insult_evidence')} extra={t('label.evidence_hint')}>
                <Input maxLength={400} />
              </Form.Item>
            </>
          ) : null}
        </TextDialog>
      ) : null}
    </div>
  )
}
