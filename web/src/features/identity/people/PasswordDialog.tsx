import { Form, Input } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { Person } from './PeoplePage'

/** A password that is handed out; the sessions of the person end. */
export function PasswordDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation(['identity', 'ui'])
  return (
    <FormDialog<{ password: string }>
      title={`${t('people.password')} · ${person.display_name}`}
      onSubmit={(body) => api.POST('/platform/v1/people/{person}/password', { params: { path: { person: person.id } }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="password"
        label={t('people.password')}
        extra={t('person.password_hint')}
        rules={[{ required: true, message: t('ui:form.needed') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
