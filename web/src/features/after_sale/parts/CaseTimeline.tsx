import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import { newestFirst } from './look'
import './parts.css'
import { Photos } from './Photos'
import type { Step } from './wire'

/** What has happened, the newest first: who, what, with which words, sums and pictures. */
export function CaseTimeline({ steps, currency }: { steps: readonly Step[]; currency: string }) {
  return (
    <ol className="as-steps">
      {newestFirst(steps).map((step) => (
        <StepLine key={step.version} step={step} currency={currency} />
      ))}
    </ol>
  )
}

function StepLine({ step, currency }: { step: Step; currency: string }) {
  const { t, i18n } = useTranslation('after_sale')
  const event = i18n.exists(`after_sale:event.${step.event}`) ? t(`event.${step.event}` as 'event.paid') : step.event
  return (
    <li className={`as-step as-step-${step.side}`}>
      <p className="as-step-head">
        <strong>{event}</strong>
        {step.amount_minor ? <Money minor={step.amount_minor} currency={currency} /> : null}
        <span className="as-quiet">
          {step.person_name || t(`side.${step.side}`)} · <RelativeTime at={step.at} />
        </span>
      </p>
      <ReasonWord body={step.body} />
      {step.text ? <p className="as-said">{step.text}</p> : null}
      <Photos files={step.files} />
    </li>
  )
}

/** The shop's reason for refusing, when the step has one. */
function ReasonWord({ body }: { body: Step['body'] }) {
  const { t, i18n } = useTranslation('after_sale')
  const { reason } = body as { reason?: unknown }
  if (typeof reason !== 'string' || !i18n.exists(`after_sale:refusal.${reason}`)) return null
  return <p className="as-said as-quiet">{t(`refusal.${reason}` as 'refusal.used')}</p>
}
