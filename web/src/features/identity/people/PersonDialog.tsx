import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { Person } from './PeoplePage'

const ROLES = ['agent', 'manager', 'officer', 'administrator'] as const
type Role = (typeof ROLES)[number]

interface Values {
  display_name: string
  email?: string
  phone?: string
  password?: string
  memberships: { role: Role; shop_id?: string | null }[]
}

interface Props {
  /** null = a new one. */
  person: Person | null
  shops: readonly { id: string; name: string }[]
  onDone: () => Promise<unknown>
  onClose: () => void
}

export function PersonDialog({ person, shops, onDone, onClose }: Props) {
  const { t } = useTranslation(['identity', 'ui'])
  const save = async ({ display_name, email, phone, password, memberships }: Values) => {
    const roles = memberships.map(({ role, shop_id }) => ({ role, shop_id: ofShop(role) ? (shop_id ?? null) : null }))
    await (person
      ? api.PATCH('/platform/v1/people/{person}', { params: { path: { person: person.id } }, body: { display_name, memberships: roles } })
      : api.POST('/platform/v1/people', {
          body: { display_name, email: email || null, phone: phone || null, password: password || null, memberships: roles },
        }))
    await onDone()
  }
  const initial: Partial<Values> = person
    ? { display_name: person.display_name, memberships: [...(person.memberships ?? [])] }
    : { memberships: [{ role: 'agent' }] }
  const needed = [{ required: true, message: t('ui:form.needed') }]
  return (
    <FormDialog<Values> title={person ? person.display_name : t('people.add')} initial={initial} onSubmit={save} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="display_name" label={t('person.name')} rules={needed}>
            <Input maxLength={100} />
          </Form.Item>
          {person ? null : (
            <>
              <Form.Item name="email" label={t('people.email')}>
                <Input type="email" maxLength={200} autoComplete="off" />
              </Form.Item>
              <Form.Item name="phone" label={t('people.phone')}>
                <Input type="tel" maxLength={40} autoComplete="off" />
              </Form.Item>
              <Form.Item name="password" label={t('person.first_password')} extra={t('person.password_hint')}>
                <Input.Password autoComplete="new-password" maxLength={200} />
              </Form.Item>
            </>
          )}
          <p style={{ margin: '0 0 8px' }}>{t('people.roles')}</p>
          <Form.List name="memberships">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <div key={key} className="x-actions" style={{ marginBottom: 8 }}>
                    <Form.Item name={[name, 'role']} noStyle rules={needed}>
                      <Select aria-label={t('person.role')} style={{ width: 150 }} options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))} />
                    </Form.Item>
                    <Form.Item noStyle shouldUpdate>
                      {() =>
                        ofShop(form.getFieldValue(['memberships', name, 'role']) as Role) ? (
                          <Form.Item name={[name, 'shop_id']} noStyle rules={needed}>
                            <Select
                              aria-label={t('people.shop')}
                              placeholder={t('people.shop')}
                              style={{ width: 200 }}
                              showSearch={{ optionFilterProp: 'label' }}
                              options={shops.map(({ id, name: label }) => ({ value: id, label }))}
                            />
                          </Form.Item>
                        ) : null
                      }
                    </Form.Item>
                    <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={t('people.remove_role')} onClick={() => remove(name)} />
                  </div>
                ))}
                <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ role: 'agent' })} style={{ marginBottom: 16 }}>
                  {t('people.add_role')}
                </Button>
              </>
            )}
          </Form.List>
        </>
      )}
    </FormDialog>
  )
}

function ofShop(role: Role | undefined): boolean {
  return role === 'agent' || role === 'manager'
}
