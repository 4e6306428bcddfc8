import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type Dispatch, type SetStateAction, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { FileDrop, useFileChooser } from '@/ui/FileDrop'
import { Trouble } from '@/ui/Trouble'
import { type Given, upload } from '../parts/server'

const MAX_BYTES = 20 * 1_024 * 1_024

interface Props {
  shop: string
  conversation: string | null
  files: readonly Given[]
  onFiles: Dispatch<SetStateAction<readonly Given[]>>
  onBusy: Dispatch<SetStateAction<number>>
}

/** Photos and papers for the court, dropped, pasted or chosen; `onBusy` counts those still on their way. */
export function PapersField({ shop, conversation, files, onFiles, onBusy }: Props) {
  const [trouble, setTrouble] = useState<unknown>(null)
  const take = (chosen: File[]) => {
    for (const file of chosen) {
      onBusy((count) => count + 1)
      upload(shop, conversation, file)
        .then((given) => onFiles((now) => [...now, given]))
        .catch(setTrouble)
        .finally(() => onBusy((count) => count - 1))
    }
  }
  return (
    <>
      <FileDrop onFiles={take} onTrouble={(sentences) => setTrouble(new Error(sentences.join(' ')))} accept={['image/*', 'video/*', 'application/pdf']} maxBytes={MAX_BYTES}>
        <Choose />
        <ul>
          {files.map((file) => (
            <li key={file.id}>{file.name}</li>
          ))}
        </ul>
      </FileDrop>
      {trouble ? <Trouble error={trouble} /> : null}
    </>
  )
}

function Choose() {
  const { t } = useTranslation('disputes')
  const choose = useFileChooser()
  return (
    <Button icon={<PaperClipOutlined aria-hidden />} onClick={choose}>
      {t('page.add_file')}
    </Button>
  )
}
