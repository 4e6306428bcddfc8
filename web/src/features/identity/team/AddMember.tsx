import { Checkbox, Form, Input, Radio } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { ShopRole } from './wire'

interface Values {
  login: string
  role: ShopRole
  fresh: boolean
  display_name?: string
  password?: string
}

interface Props {
  shop: string
  onDone: () => Promise<void>
  onClose: () => void
}

/** A colleague who is already here by his login, or a new one with a name and a first password. */
export function AddMember({ shop, onDone, onClose }: Props) {
  const { t } = useTranslation(['identity', 'ui'])
  const add = async ({ login, role, fresh, display_name, password }: Values) => {
    const body = { login: login.trim(), role, ...(fresh ? { display_name: display_name ?? null, password: password ?? null } : {}) }
    await api.POST('/api/v1/shops/{shop}/team', { params: { path: { shop } }, body })
    await onDone()
  }
  const needed = [{ required: true, message: t('ui:form.needed') }]
  return (
    <FormDialog<Values> title={t('team.add')} submit={t('team.add')} initial={{ role: 'agent', fresh: false }} onSubmit={add} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="login" label={t('person.login')} rules={needed}>
            <Input autoComplete="off" maxLength={200} />
          </Form.Item>
          <RoleChoice />
          <Form.Item name="fresh" valuePropName="checked">
            <Checkbox>{t('team.fresh')}</Checkbox>
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.fresh !== b.fresh}>
            {() =>
              form.getFieldValue('fresh') ? (
                <>
                  <Form.Item name="display_name" label={t('person.name')} rules={needed}>
                    <Input autoComplete="off" maxLength={100} />
                  </Form.Item>
                  <Form.Item name="password" label={t('person.first_password')} rules={needed} extra={t('person.password_hint')}>
                    <Input.Password autoComplete="new-password" maxLength={200} />
                  </Form.Item>
                </>
              ) : null
            }
          </Form.Item>
        </>
      )}
    </FormDialog>
  )
}

export function RoleChoice() {
  const { t } = useTranslation('identity')
  return (
    <Form.Item name="role" label={t('person.role')}>
      <Radio.Group
        options={[
          { value: 'agent', label: t('role.agent') },
          { value: 'manager', label: t('role.manager') },
        ]}
      />
    </Form.Item>
  )
}
