import { Form, Input, Radio, Select } from 'antd'
import { api } from '@/api'
import type { Language } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { LanguagePicker } from '@/ui/LanguagePicker'
import type { Shop } from './ShopsPage'

interface Values {
  name: string
  external_id?: string
  state: Shop['state']
  language?: Language
  time_zone?: string
  allowed_origins: string[]
}

interface Props {
  /** null = a new one. */
  shop: Shop | null
  onDone: () => Promise<unknown>
  onClose: () => void
}

export function ShopDialog({ shop, onDone, onClose }: Props) {
  const { t } = useTranslation(['identity', 'ui'])
  const save = async ({ external_id, state, language, time_zone, ...rest }: Values) => {
    const body = { ...rest, ...(language ? { language } : {}), ...(time_zone ? { time_zone } : {}) }
    await (shop
      ? api.PATCH('/platform/v1/shops/{shop}', { params: { path: { shop: shop.id } }, body: { ...body, state } })
      : api.POST('/platform/v1/shops', { body: { ...body, external_id: external_id || null } }))
    await onDone()
  }
  const initial: Partial<Values> = shop
    ? { name: shop.name, state: shop.state, language: shop.language as Language, time_zone: shop.time_zone, allowed_origins: shop.allowed_origins }
    : { allowed_origins: [] }
  return (
    <FormDialog<Values> title={shop ? shop.name : t('shops.add')} initial={initial} onSubmit={save} onClose={onClose}>
      <Form.Item name="name" label={t('shops.name')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Input maxLength={100} />
      </Form.Item>
      {shop ? (
        <Form.Item name="state" label={t('shops.state')} extra={t('shops.closed_hint')}>
          <Radio.Group
            options={[
              { value: 'active', label: t('shops.state.active') },
              { value: 'closed', label: t('shops.state.closed') },
            ]}
          />
        </Form.Item>
      ) : (
        <Form.Item name="external_id" label={t('shops.external_id')}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      <Form.Item name="language" label={t('team.languages')}>
        <LanguagePicker allowClear />
      </Form.Item>
      <Form.Item name="time_zone" label={t('shops.time_zone')}>
        <Select allowClear options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))} showSearch />
      </Form.Item>
      <Form.Item name="allowed_origins" label={t('shops.origins')} extra={t('shops.origins_hint')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '\n']} maxCount={50} />
      </Form.Item>
    </FormDialog>
  )
}
