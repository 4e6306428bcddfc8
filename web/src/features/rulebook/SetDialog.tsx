import { Alert, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd'
import { useTranslation } from '@/i18n/react'
import { LANGUAGE_NAMES, LANGUAGES } from '@/i18n/languages'
import { FormDialog } from '@/ui/FormDialog'
import { useNow } from '@/ui/serverClock'
import { firstStart, localTime } from './model/draft'
import { Choice, ParameterName, Shown } from './Shown'
import { type InForce, setValue, type Value } from './wire'

interface Values {
  own: boolean
  value: Value
  reason: string
  from?: string
}

interface Props {
  shop: string | null
  entry: InForce
  /** How long a change must be public; null when it need not. */
  noticeDays: number | null
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** Another value, or back to the level above; always with a reason. */
export function SetDialog({ shop, entry, noticeDays, onDone, onClose }: Props) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const { parameter } = entry
  const now = new Date(useNow(60_000))
  const days = shop === null ? noticeDays : null
  const save = async ({ own, value, reason, from }: Values) => {
    await setValue(shop, parameter.name, {
      value: own ? clean(value) : null,
      reason: reason.trim(),
      effective_from: from ? new Date(from).toISOString() : null,
    })
    await onDone()
  }
  return (
    <FormDialog<Values>
      title={<ParameterName name={parameter.name} />}
      initial={{ own: true, value: entry.value, ...(days === null ? {} : { from: localTime(firstStart(now, days)) }) }}
      onSubmit={save}
      onClose={onClose}
      wide={parameter.type === 'words' || parameter.type === 'texts'}
    >
      {(form) => (
        <>
          <Form.Item name="own" valuePropName="checked" style={{ marginBottom: 8 }}>
            <Checkbox>{t(shop === null ? 'own_marketplace' : 'own_shop')}</Checkbox>
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.own !== b.own}>
            {() => (form.getFieldValue('own') ? <Editor parameter={parameter} /> : <p className="x-quiet">{t('back_to_above')}</p>)}
          </Form.Item>
          <p className="x-quiet" style={{ marginBottom: 12 }}>
            {t('column.default')}: <Shown value={parameter.default} parameter={parameter} />
          </p>
          <Bounds parameter={parameter} shop={shop} />
          {days === null ? null : <Alert type="info" showIcon title={t('publish.notice', { days })} style={{ marginBottom: 12 }} />}
          <Form.Item name="reason" label={t('reason')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
          <Form.Item name="from" label={t('effective_from')} extra={t('effective_now')}>
            <Input type="datetime-local" style={{ width: 220 }} />
          </Form.Item>
        </>
      )}
    </FormDialog>
  )
}

/** How far law lets anybody go, and which way is better for the buyer. */
function Bounds({ parameter, shop }: { parameter: InForce['parameter']; shop: string | null }) {
  const { t } = useTranslation('rulebook')
  const { floor, ceiling, better, basis } = parameter
  const lines = [
    floor == null ? null : t('bound.floor', { bound: floor }),
    ceiling == null ? null : t('bound.ceiling', { bound: ceiling }),
    better == null || shop === null ? null : t(better === 'higher' ? 'bound.higher' : 'bound.lower'),
    t('bound.basis', { basis }),
  ]
  return (
    <ul className="x-quiet" style={{ paddingInlineStart: 18, marginBottom: 12 }}>
      {lines.map((line) => (line === null ? null : <li key={line}>{line}</li>))}
    </ul>
  )
}

/** Texts that were emptied are left out. */
function clean(value: Value): Value {
  if (typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, text]) => text?.trim()))
}

function Editor({ parameter }: { parameter: InForce['parameter'] }) {
  const { t, i18n } = useTranslation(['rulebook', 'ui'])
  const rules = [{ required: true, message: t('ui:form.needed') }]
  switch (parameter.type) {
    case 'integer': {
      const { unit, minimum, maximum } = parameter
      const suffix = unit && i18n.exists(`rulebook:unit.${unit}`) ? t(`unit.${unit}` as 'unit.seconds') : unit
      const range = minimum != null && maximum != null ? t('range', { minimum, maximum }) : null
      return (
        <Form.Item name="value" label={t('column.value')} rules={rules} extra={range}>
          <InputNumber
            precision={0}
            style={{ width: 220 }}
            {...(minimum == null ? {} : { min: minimum })}
            {...(maximum == null ? {} : { max: maximum })}
            {...(suffix ? { suffix } : {})}
          />
        </Form.Item>
      )
    }
    case 'boolean':
      return (
        <Form.Item name="value" label={t('column.value')}>
          <Radio.Group
            options={[
              { value: true, label: t('yes') },
              { value: false, label: t('no') },
            ]}
          />
        </Form.Item>
      )
    case 'choice':
      return (
        <Form.Item name="value" label={t('column.value')} rules={rules}>
          <Radio.Group style={{ display: 'grid', gap: 6 }}>
            {(parameter.options ?? []).map((option) => (
              <Radio key={option} value={option}>
                <Choice value={option} />
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      )
    case 'text':
      return (
        <Form.Item name="value" label={t('column.value')} rules={rules}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      )
    case 'words':
      return (
        <Form.Item name="value" label={t('column.value')} extra={t('words_hint')}>
          <Select mode="tags" tokenSeparators={[',', '，', '、', '\n']} open={false} suffixIcon={null} maxTagCount={200} />
        </Form.Item>
      )
    case 'texts':
      return LANGUAGES.map((language) => (
        <Form.Item key={language} name={['value', language]} label={LANGUAGE_NAMES[language]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} lang={language} />
        </Form.Item>
      ))
  }
}
