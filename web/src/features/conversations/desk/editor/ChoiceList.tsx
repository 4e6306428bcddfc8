import { useEffect, useRef } from 'react'
import { useTranslation } from '@/i18n/react'
import type { Choices } from './useChoices'

/** What a sign in the editor offers; the keyboard stays in the field. */
export function ChoiceList({ choices }: { choices: Choices }) {
  const { t } = useTranslation('conversations')
  const { trigger, items, active, id, setActive, choose } = choices
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => {
    shown.current?.querySelectorAll('[role="option"]')[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  if (!trigger) return null
  return (
    <div ref={shown} id={id} role="listbox" aria-label={t(`desk.choices.${trigger.kind}`)} className="xd-choices">
      <p className="xd-quiet xd-choices-title">{t(`desk.choices.${trigger.kind}`)}</p>
      {items.map((choice, place) => (
        // Reached by arrow keys through aria-activedescendant.
        <div
          key={choice.id}
          id={`${id}-${place}`}
          role="option"
          tabIndex={-1}
          aria-selected={place === active}
          className="xd-choice"
          onPointerMove={() => place !== active && setActive(place)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(choice)}
          onKeyDown={(event) => event.key === 'Enter' && choose(choice)}
        >
          <span className="xd-choice-title">{choice.title}</span>
          {choice.detail ? <span className="xd-choice-detail">{choice.detail}</span> : null}
        </div>
      ))}
    </div>
  )
}
