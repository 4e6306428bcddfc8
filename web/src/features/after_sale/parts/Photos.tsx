import { useTranslation } from '@/i18n/react'
import './parts.css'
import type { CaseFile } from './wire'

/** Pictures and files that were given; a picture opens large in its own window. */
export function Photos({ files }: { files: readonly CaseFile[] }) {
  const { t } = useTranslation('after_sale')
  if (files.length === 0) return null
  return (
    <ul className="as-photos">
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url} target="_blank" rel="noreferrer" aria-label={t('part.open_file', { name: file.name })}>
            {file.thumbnail_url ? <img src={file.thumbnail_url} alt={file.name} loading="lazy" /> : file.name}
          </a>
        </li>
      ))}
    </ul>
  )
}
