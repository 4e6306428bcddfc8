import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { ChooseFile, PAPER_MAX_BYTES } from '@/ui/ChooseFile'
import { FileDrop } from '@/ui/FileDrop'
import { Trouble } from '@/ui/Trouble'

const ACCEPT = ['image/*', 'application/pdf'] as const

interface Props {
  file: File | null
  onFile: (file: File | null) => void
}

/** One paper, dropped, pasted or chosen; it travels when the form is sent. */
export function ProofFile({ file, onFile }: Props) {
  const { t } = useTranslation('objections')
  const [trouble, setTrouble] = useState<string | null>(null)
  const take = ([first]: File[]) => {
    setTrouble(null)
    onFile(first ?? null)
  }
  return (
    <div className="xg-file">
      <FileDrop multiple={false} accept={ACCEPT} maxBytes={PAPER_MAX_BYTES} onFiles={take} onTrouble={(sentences) => setTrouble(sentences.join(' '))}>
        <ChooseFile label={t('file.choose')} /> {file ? <span className="xg-name">{file.name}</span> : null}{' '}
        {file ? (
          <Button size="small" type="link" onClick={() => onFile(null)}>
            {t('file.remove')}
          </Button>
        ) : null}
      </FileDrop>
      {trouble ? <Trouble error={new Error(trouble)} /> : null}
    </div>
  )
}
