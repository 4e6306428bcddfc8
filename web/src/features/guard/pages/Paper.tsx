import { PaperClipOutlined } from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { formatBytes } from '@/ui/files'

interface Props {
  file: { name: string; size_bytes: number; sha256: string }
  /** Where it opens; none for those who may only know that it is there. */
  url: string | null
}

/** The paper given as a proof, with its content hash. */
export function Paper({ file, url }: Props) {
  const { t, i18n } = useTranslation('objections')
  const size = formatBytes(file.size_bytes, i18n.language)
  return (
    <span className="gp-paper">
      <PaperClipOutlined aria-hidden />{' '}
      {url ? (
        <a href={url} target="_blank" rel="noreferrer" aria-label={t('file.open', { name: file.name })}>
          {file.name}
        </a>
      ) : (
        file.name
      )}{' '}
      <span className="x-dim">
        {size} · <span title={file.sha256}>{t('file.hash', { hash: file.sha256.slice(0, 12) })}</span>
      </span>
    </span>
  )
}
