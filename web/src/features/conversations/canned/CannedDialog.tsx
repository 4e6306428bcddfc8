import { Button, Form, type FormInstance, Input, Tag } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { LanguagePicker } from '@/ui/LanguagePicker'
import { type Canned, piecesOf, VARIABLES, type Variable } from './wire'

interface Values {
  title: string
  text: string
  shortcut?: string
  language?: string
  topic?: string
}

interface Props {
  shop: string
  /** null = a new one. */
  canned: Canned | null
  onDone: () => Promise<unknown>
  onClose: () => void
}

export function CannedDialog({ shop, canned, onDone, onClose }: Props) {
  const { t } = useTranslation(['conversations', 'ui'])
  const save = async ({ title, text, shortcut = '', language = '', topic = '' }: Values) => {
    const body = { title, text, shortcut, language, topic }
    await (canned
      ? api.PUT('/api/v1/shops/{shop}/canned/{canned}', { params: { path: { shop, canned: canned.id } }, body })
      : api.POST('/api/v1/shops/{shop}/canned', { params: { path: { shop } }, body }))
    await onDone()
  }
  const needed = [{ required: true, whitespace: true, message: t('ui:form.needed') }]
  return (
    <FormDialog<Values> wide title={canned ? canned.title : t('canned.add')} initial={canned ?? {}} onSubmit={save} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="title" label={t('canned.title')} rules={needed}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="shortcut" label={t('canned.shortcut')} rules={[{ pattern: /^[^\s/]*$/, message: t('canned.shortcut_shape') }]}>
            <Input prefix="/" maxLength={20} />
          </Form.Item>
          <Form.Item name="topic" label={t('canned.topic')}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item
            name="language"
            label={t('canned.language')}
            getValueProps={(value: string | undefined) => ({ value: value || undefined })}
          >
            <LanguagePicker allowClear placeholder={t('canned.any')} />
          </Form.Item>
          <Form.Item name="text" htmlFor="canned-text" label={t('canned.text')} rules={needed} style={{ marginBottom: 6 }}>
            <Input.TextArea id="canned-text" autoSize={{ minRows: 4, maxRows: 12 }} maxLength={4000} showCount />
          </Form.Item>
          <Variables form={form} />
          <p className="x-quiet">{t('canned.preview')}</p>
          <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.text !== b.text}>
            {() => (
              <p style={{ whiteSpace: 'pre-wrap', margin: '4px 0 16px' }}>
                <Preview text={String(form.getFieldValue('text') ?? '')} />
              </p>
            )}
          </Form.Item>
        </>
      )}
    </FormDialog>
  )
}

/** Buttons that put a place where the caret is. */
function Variables({ form }: { form: FormInstance<Values> }) {
  const { t } = useTranslation('conversations')
  const insert = (variable: Variable) => {
    const area = document.querySelector<HTMLTextAreaElement>('#canned-text')
    const text = String(form.getFieldValue('text') ?? '')
    const start = area?.selectionStart ?? text.length
    const end = area?.selectionEnd ?? start
    form.setFieldValue('text', `${text.slice(0, start)}{{${variable}}}${text.slice(end)}`)
    area?.focus()
  }
  return (
    <fieldset className="x-actions" style={{ border: 0, padding: 0, margin: '12px 0', gap: 4 }}>
      <legend className="x-quiet">{t('canned.insert')}</legend>
      {VARIABLES.map((variable) => (
        <Button key={variable} size="small" onClick={() => insert(variable)}>
          {t(`canned.variable.${variable}`)}
        </Button>
      ))}
    </fieldset>
  )
}

/** The text with the names of its places; a place that nobody can fill is shown as wrong. */
export function Preview({ text }: { text: string }) {
  const { t } = useTranslation('conversations')
  return piecesOf(text).map((piece, n) => {
    // Pieces have no identity of their own; their order is all there is.
    const key = `${n} ${piece.text}`
    if (piece.known)
      return (
        <Tag key={key} color="blue" style={{ marginInline: 2 }}>
          {t(`canned.variable.${piece.known}`)}
        </Tag>
      )
    return piece.place ? (
      <Tag key={key} color="error">
        {piece.text}
      </Tag>
    ) : (
      <span key={key}>{piece.text}</span>
    )
  })
}
