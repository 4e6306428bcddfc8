import { Tag } from 'antd'
import { useLanguage, useTranslation } from '@/i18n/react'
import type { InForce, Value } from './wire'

type Parameter = InForce['parameter']

/** The name people use, and the one the rules use. */
export function ParameterName({ name }: { name: string }) {
  const { t, i18n } = useTranslation('rulebook')
  const known = i18n.exists(`rulebook:parameter.${name}`)
  return (
    <span>
      {known ? t(`parameter.${name}` as 'parameter.sla.profile') : name}
      <div className="x-quiet x-small">
        <code>{name}</code>
      </div>
    </span>
  )
}

/** A value with its unit, in words. */
export function Shown({ value, parameter }: { value: Value | null; parameter?: Parameter }) {
  const { t, i18n } = useTranslation(['rulebook', 'clocks'])
  const language = useLanguage()
  if (value === null) return <>{t('level_above')}</>
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>
  if (typeof value === 'number') {
    const figure = new Intl.NumberFormat(language).format(value)
    const unit = parameter?.unit
    if (!unit) return <span className="x-figures">{figure}</span>
    return (
      <span className="x-figures">
        {figure} {i18n.exists(`rulebook:unit.${unit}`) ? t(`unit.${unit}` as 'unit.seconds') : unit}
      </span>
    )
  }
  if (typeof value === 'string') return <Choice value={value} />
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="x-quiet">{t('nothing')}</span>
    const few = value.slice(0, 6)
    return (
      <span>
        {few.map((word) => (
          <Tag key={word}>{word}</Tag>
        ))}
        {value.length > few.length ? t('and_more', { number: value.length - few.length }) : null}
      </span>
    )
  }
  return <span className="x-clip">{value[language] ?? Object.values(value)[0]}</span>
}

/** A choice by its name: its own, that of a response profile, or the word the tables have for it. */
export function Choice({ value }: { value: string }) {
  const { t, i18n } = useTranslation(['rulebook', 'clocks'])
  if (i18n.exists(`rulebook:choice.${value}`)) return <>{t(`choice.${value}` as 'choice.round')}</>
  if (i18n.exists(`clocks:profile.${value}`)) return <>{t(`clocks:profile.${value}` as 'clocks:profile.five_minutes')}</>
  return <>{i18n.exists(`rulebook:word.${value}`) ? t(`word.${value}` as 'word.buyer') : value}</>
}
