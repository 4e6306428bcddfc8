import { DeleteOutlined, PictureOutlined } from '@ant-design/icons'
import { Button, Spin } from 'antd'
import { useRef, useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { ChooseFile, PAPER_MAX_BYTES } from '@/ui/ChooseFile'
import { FileDrop } from '@/ui/FileDrop'
import { type StoredFile, upload } from './server'
import './shop.css'

export const MOST_PHOTOS = 9
const NONE: readonly StoredFile[] = []

export interface PhotoFieldProps {
  /** Files are kept with the conversation of buyer and shop. */
  conversation: string
  label: string
  value?: readonly StoredFile[]
  onChange?: (files: readonly StoredFile[]) => void
}

/** Pictures given by drop, paste or choice; they are uploaded at once and travel by their ids. */
export function PhotoField({ conversation, label, value = NONE, onChange }: PhotoFieldProps) {
  const { t } = useTranslation('after_sale')
  const [running, setRunning] = useState(0)
  const [trouble, setTrouble] = useState('')
  const kept = useRef(value)
  const put = (files: readonly StoredFile[]) => {
    kept.current = files
    onChange?.(files)
  }
  const take = async (files: readonly File[]) => {
    setTrouble('')
    for (const file of files.slice(0, MOST_PHOTOS - kept.current.length)) {
      setRunning((count) => count + 1)
      try {
        const stored = await upload(file, conversation, new AbortController().signal)
        put([...kept.current, stored])
      } catch (error) {
        setTrouble(asRefusal(error).message)
      } finally {
        setRunning((count) => count - 1)
      }
    }
  }
  return (
    <FileDrop accept={['image/*']} maxBytes={PAPER_MAX_BYTES} onFiles={(files) => void take(files)} onTrouble={(sentences) => setTrouble(sentences.join(' '))}>
      <fieldset className="as-field">
        <legend className="as-legend">{label}</legend>
        <ul className="as-photos">
          {value.map((file) => (
            <li key={file.id} className="as-photo">
              <img src={file.thumbnail_url ?? file.url} alt={file.name} />
              <Button
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('shop.photo_remove', { name: file.name })}
                onClick={() => put(value.filter((one) => one.id !== file.id))}
              />
            </li>
          ))}
          {running > 0 ? (
            <li className="as-photo" aria-busy>
              <Spin size="small" />
            </li>
          ) : null}
        </ul>
        {value.length < MOST_PHOTOS ? <ChooseFile size="small" icon={<PictureOutlined aria-hidden />} label={t('shop.photo_add')} /> : null}
        {trouble ? <p role="alert">{trouble}</p> : null}
      </fieldset>
    </FileDrop>
  )
}
