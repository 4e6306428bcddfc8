import { useTranslation } from '@/i18n/react'

interface Said {
  role: string
  text: string
  version?: number
}

/** Masked lines of a real talk, without names: who said it stands before the words. */
export function MaskedTalk({ lines }: { lines: readonly Said[] }) {
  const { t } = useTranslation('learning')
  const keyed = lines.map((line, place) => ({ line, key: line.version ?? `line ${place}` }))
  return (
    <div className="ln-talk" role="group" aria-label={t('dialogue.talk')}>
      {keyed.map(({ line, key }) => (
        <p key={key} className="ln-line" data-role={line.role === 'buyer' ? 'buyer' : 'shop'}>
          <span className="x-dim">{t(line.role === 'buyer' ? 'side.buyer' : 'side.shop')}</span> {line.text}
        </p>
      ))}
    </div>
  )
}
