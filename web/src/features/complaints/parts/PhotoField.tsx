import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { ChooseFile, PAPER_KINDS, PAPER_MAX_BYTES } from '@/ui/ChooseFile'
import { FileDrop } from '@/ui/FileDrop'
import { Trouble } from '@/ui/Trouble'
import type { Doors } from './wire'

export interface Given {
  id: string
  name: string
}

const MOST = 20

interface Props {
  doors: Doors
  conversation: string
  files: readonly Given[]
  /** Told with what was added or taken away, so that photos on their way do not undo each other. */
  onChange: (change: (files: readonly Given[]) => readonly Given[]) => void
}

/** Photos that go with what is said: by button, paste or drop; each travels at once. */
export function PhotoField({ doors, conversation, files, onChange }: Props) {
  const { t } = useTranslation('complaints')
  const [under, setUnder] = useState(0)
  const [trouble, setTrouble] = useState<unknown>(null)
  const [sentences, setSentences] = useState<string[]>([])
  const take = (given: File[]) => {
    setTrouble(null)
    for (const file of given.slice(0, MOST - files.length)) {
      setUnder((count) => count + 1)
      doors
        .upload(conversation, file)
        .then((kept) => onChange((now) => [...now, kept]))
        .catch(setTrouble)
        .finally(() => setUnder((count) => count - 1))
    }
  }
  return (
    <FileDrop onFiles={take} onTrouble={setSentences} accept={PAPER_KINDS} maxBytes={PAPER_MAX_BYTES}>
      <fieldset className="cp-field">
        <legend>{t('form.photos')}</legend>
        <ul className="cp-plain">
          {files.map((file) => (
            <li key={file.id} className="cp-row">
              <span>{file.name}</span>
              <Button size="small" aria-label={t('form.remove', { name: file.name })} onClick={() => onChange((now) => now.filter((one) => one.id !== file.id))}>
                {t('form.take_away')}
              </Button>
            </li>
          ))}
        </ul>
        {under > 0 ? <p role="status">{t('form.uploading')}</p> : null}
        <ChooseFile label={t('form.add_photo')} disabled={files.length >= MOST} />
        {sentences.map((sentence) => (
          <p key={sentence} role="alert">
            {sentence}
          </p>
        ))}
        {trouble ? <Trouble error={trouble} /> : null}
      </fieldset>
    </FileDrop>
  )
}
