import { CloseOutlined, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { ChooseFile, PAPER_KINDS, PAPER_MAX_BYTES } from '@/ui/ChooseFile'
import { FileDrop } from '@/ui/FileDrop'
import { Trouble } from '@/ui/Trouble'
import { type Given, upload } from './server'

const MOST = 20

interface Props {
  shop: string
  files: readonly Given[]
  /** Told with what was added or taken away, so that photos on their way do not undo each other. */
  onChange: (change: (files: readonly Given[]) => readonly Given[]) => void
}

/** Photos that go with a wish: by button, by paste, by drop; each travels at once. */
export function PhotoField({ shop, files, onChange }: Props) {
  const { t } = useTranslation('after_sale')
  const [under, setUnder] = useState(0)
  const [trouble, setTrouble] = useState<unknown>(null)
  const [sentences, setSentences] = useState<string[]>([])
  const take = (chosen: File[]) => {
    setTrouble(null)
    for (const file of chosen.slice(0, MOST - files.length)) {
      setUnder((count) => count + 1)
      upload(shop, file)
        .then((given) => onChange((now) => [...now, given]))
        .catch(setTrouble)
        .finally(() => setUnder((count) => count - 1))
    }
  }
  return (
    <FileDrop onFiles={take} onTrouble={setSentences} accept={PAPER_KINDS} maxBytes={PAPER_MAX_BYTES}>
      <p className="ab-label">{t('wish.photos')}</p>
      <ul className="ab-files">
        {files.map((file) => (
          <li key={file.id}>
            <span className="ab-file">{file.name}</span>
            <Button
              type="text"
              icon={<CloseOutlined aria-hidden />}
              aria-label={t('wish.remove_photo', { name: file.name })}
              onClick={() => onChange((now) => now.filter((one) => one.id !== file.id))}
            />
          </li>
        ))}
        {under > 0 ? (
          <li role="status">
            <LoadingOutlined aria-hidden /> {t('wish.uploading')}
          </li>
        ) : null}
      </ul>
      <ChooseFile label={t('wish.add_photo')} disabled={files.length >= MOST} />
      {sentences.map((sentence) => (
        <p key={sentence} role="alert" className="ab-bad">
          {sentence}
        </p>
      ))}
      {trouble ? <Trouble error={trouble} /> : null}
    </FileDrop>
  )
}
