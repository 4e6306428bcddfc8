import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { useSend } from '@/ui/useSend'
import type { AppealWhole } from '../parts/wire'

interface Props {
  one: AppealWhole
  onMoved: (whole: AppealWhole) => void
  onClose: () => void
}

/** Give an appeal to an officer; who had a part in the decision is refused by the server, with the reason. */
export function AssignForm({ one, onMoved, onClose }: Props) {
  const { t } = useTranslation(['appeals', 'ui'])
  const [person, setPerson] = useState('')
  const query = useQuery({ queryKey: ['appeals', 'people', 'officers'], queryFn: ({ signal }) => api.GET('/platform/v1/dispute-officers', { signal }) })
  const { busy, trouble, send } = useSend(async () => onMoved(await api.POST('/platform/v1/appeals/{appeal}/assign', { params: { path: { appeal: one.id } }, body: { person } })))
  return (
    <form className="x-box x-form" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <label>
        {t('people.assign_whom')}
        <select className="x-native" value={person} onChange={(event) => setPerson(event.target.value)}>
          <option value="" disabled>
            —
          </option>
          {(query.data ?? []).filter(({ active, id }) => active && id !== one.judge?.id).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p className="x-dim">{t('people.assign_hint')}</p>
      {trouble ? <Trouble error={trouble} /> : null}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{t('ui:action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={person === ''}>
          {t('deed.assign')}
        </Button>
      </div>
    </form>
  )
}
