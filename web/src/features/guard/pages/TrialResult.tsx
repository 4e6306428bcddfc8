import { useTranslation } from '@/i18n/react'
import type { Verdict } from '../desk/findings'

interface Trial {
  messages: number
  complete: boolean
  held_before: number
  held_after: number
  changed: number
  examples: readonly { text: string; before: Verdict; after: Verdict }[]
}

/** What last week would have been: how many messages, how many held back before and after, which differ. */
export function TrialResult({ trial }: { trial: Trial }) {
  const { t } = useTranslation('objections')
  const { t: guard } = useTranslation('guard')
  return (
    <div className="gp-trial" role="status">
      <p>
        {t('trial.result', { messages: trial.messages, before: trial.held_before, after: trial.held_after, changed: trial.changed })}
        {trial.complete ? '' : ` ${t('trial.partial')}`}
      </p>
      {trial.examples.length > 0 ? (
        <ul>
          {trial.examples.map((one) => (
            <li key={`${one.text} ${one.after}`}>
              <q>{one.text}</q>{' '}
              <span className="x-dim">
                {guard(`verdict.${one.before}`)} → {guard(`verdict.${one.after}`)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
