import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { TrialResult } from './TrialResult'
import { type Tried, tryList } from './wire'

interface Values {
  add?: string
  allow?: string
}

const lines = (text: string | undefined) => [...new Set((text ?? '').split('\n').map((one) => one.trim()))].filter((one) => one !== '')

/** A list is tried on what the shop sent in the last week, before it holds. */
export function TryList({ shop }: { shop: string }) {
  const { t } = useTranslation('objections')
  const [tried, setTried] = useState<Tried | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const run = async ({ add, allow }: Values) => {
    setBusy(true)
    setTrouble(null)
    try {
      setTried(await tryList(shop, { add: lines(add).map((term) => ({ kind: 'absolute_term', term, verdict: 'block' })), allow: lines(allow), days: 7 }))
    } catch (error) {
      setTrouble(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Values> layout="vertical" className="gp-try" onFinish={(values) => void run(values)}>
      <p className="x-dim">{t('try.hint')}</p>
      <Form.Item name="add" label={t('try.add')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="allow" label={t('try.allow')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('deed.try')}
      </Button>
      {trouble === null ? null : <Trouble error={trouble} />}
      {tried ? <TrialResult trial={tried} /> : null}
    </Form>
  )
}
