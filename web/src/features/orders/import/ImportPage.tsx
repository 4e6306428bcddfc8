import { Button, Checkbox, Input, Progress, Select } from 'antd'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { FileDrop, useFileChooser } from '@/ui/FileDrop'
import { Sheet } from '@/ui/Sheet'
import { Trouble } from '@/ui/Trouble'
import { Outcome } from './Outcome'
import { sendImport, type Summary } from './upload'

const FORMATS = ['xiaoer', 'jsonl', 'csv', 'retail'] as const
const KINDS = ['shop', 'product', 'buyer', 'order', 'item', 'payment', 'parcel'] as const

/** Shops, products, buyers and orders from a file; wrong rows are told one by one and the others go in. */
export default function ImportPage() {
  const { t } = useTranslation('orders')
  const language = useLanguage()
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('xiaoer')
  const [kind, setKind] = useState<string | undefined>()
  const [shop, setShop] = useState('')
  const [strict, setStrict] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<Error | null>(null)
  const [summary, setSummary] = useState<Summary | null>(null)
  const send = async (file: File) => {
    setTrouble(null)
    setSummary(null)
    setShare(0)
    try {
      const options = { format, strict, language, ...(kind ? { kind } : {}), ...(shop ? { shop } : {}) }
      setSummary(await sendImport(file, options, setShare))
    } catch (error) {
      setTrouble(asRefusal(error))
    } finally {
      setShare(null)
    }
  }
  return (
    <Sheet title={t('import.nav')} hint={t('import.hint')}>
      <div className="x-actions" style={{ marginBottom: 12 }}>
        <Select
          aria-label={t('import.format')}
          value={format}
          onChange={setFormat}
          options={FORMATS.map((one) => ({ value: one, label: t(`import.format.${one}`) }))}
          style={{ width: 200 }}
        />
        <Select
          allowClear
          aria-label={t('import.kind')}
          placeholder={t('import.kind')}
          value={kind}
          onChange={setKind}
          options={KINDS.map((one) => ({ value: one, label: t(`import.kind.${one}`) }))}
          style={{ width: 180 }}
        />
        <Input aria-label={t('import.shop')} placeholder={t('import.shop')} value={shop} onChange={(event) => setShop(event.target.value.trim())} style={{ width: 200 }} />
        <Checkbox checked={strict} onChange={(event) => setStrict(event.target.checked)}>
          {t('import.strict')}
        </Checkbox>
      </div>
      <FileDrop multiple={false} onFiles={([file]) => file && void send(file)} onTrouble={(sentences) => setTrouble(new Error(sentences.join(' ')))}>
        <DropPlace busy={share !== null} />
      </FileDrop>
      {share === null ? null : (
        <div style={{ marginTop: 12 }}>
          <Progress percent={Math.round(share * 100)} aria-label={t('import.sending')} />
          <p className="x-quiet">{share < 1 ? t('import.sending') : t('import.working')}</p>
        </div>
      )}
      {trouble ? <Trouble error={trouble} style={{ marginTop: 12 }} /> : null}
      {summary ? <Outcome summary={summary} /> : null}
    </Sheet>
  )
}

function DropPlace({ busy }: { busy: boolean }) {
  const { t } = useTranslation('orders')
  const choose = useFileChooser()
  return (
    <div style={{ border: '1px dashed currentcolor', borderRadius: 6, padding: 28, textAlign: 'center' }}>
      <Button type="primary" loading={busy} onClick={choose}>
        {t('import.choose')}
      </Button>
      <p className="x-quiet">{t('import.drop')}</p>
    </div>
  )
}
