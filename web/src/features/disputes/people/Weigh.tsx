import { Button, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormBox } from '../parts/FormBox'
import type { Bench, Exhibit } from '../parts/wire'

const ACCEPTS = ['yes', 'weak', 'no'] as const
type Accept = (typeof ACCEPTS)[number]

/** What the table says of an exhibit can be said otherwise by the officer who judges, with his reason. */
export function Weigh({ one, exhibit, onMoved }: { one: Bench; exhibit: Exhibit; onMoved: (bench: Bench) => void }) {
  const { t } = useTranslation('disputes')
  const [open, setOpen] = useState(false)
  const [accept, setAccept] = useState<Accept>(ACCEPTS.find((each) => each === exhibit.accept) ?? 'yes')
  const [text, setText] = useState('')
  if (!one.deeds.some(({ deed, allowed }) => deed === 'weigh' && allowed)) return null
  const label = t('page.weigh_exhibit', { number: exhibit.number })
  if (!open)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
    )
  const send = async () => {
    const body = { exhibit: exhibit.id, accept, text: text.trim() }
    const bench = await api.POST('/platform/v1/disputes/{dispute}/weigh', { params: { path: { dispute: one.id } }, body })
    setOpen(false)
    onMoved(bench)
  }
  return (
    <FormBox title={label} submit={t('deed.weigh')} ready={text.trim() !== ''} work={send} onClose={() => setOpen(false)}>
      <label>
        {t('page.weigh_as')}
        <select className="x-native" value={accept} onChange={(event) => setAccept(event.target.value as Accept)}>
          {ACCEPTS.map((each) => (
            <option key={each} value={each}>
              {t(`page.accept_as.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('page.reason')}
        <Input.TextArea rows={3} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
    </FormBox>
  )
}
