import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import type { Step } from './wire'

/** What has happened, the newest first: who, what, with which words, evidence and pictures. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('complaints')
  return (
    <ol className="cp-steps">
      {steps.toReversed().map((step) => (
        <li key={step.version}>
          <div className="cp-row">
            <strong>{t(`event.${step.event}` as 'event.lodge')}</strong>
            <span className="cp-quiet">
              {step.person_name || t(`side.${step.side}`)} · <RelativeTime at={step.at} />
            </span>
          </div>
          {step.text ? <p className="cp-said">{step.text}</p> : null}
          {step.evidence.length > 0 ? <p className="cp-quiet">{step.evidence.join(' · ')}</p> : null}
          {step.files.length > 0 ? (
            <ul className="cp-photos">
              {step.files.map((file) => (
                <li key={file.id}>
                  <a href={file.url} target="_blank" rel="noreferrer">
                    {file.thumbnail_url ? <img src={file.thumbnail_url} alt={file.name} loading="lazy" /> : file.name}
                  </a>
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
