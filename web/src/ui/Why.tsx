import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from './RelativeTime'

export interface WhyProps {
  /** What was decided, as a sentence. */
  outcome: ReactNode
  /** The row of the table that decided. */
  row?: string | null
  /** The rule or article it rests on. */
  basis?: readonly { article: string; text?: string }[] | string | null
  /** What the table was asked with. */
  inputs?: readonly { label: string; value: ReactNode }[]
  /** Version of the rulebook in force. */
  version?: ReactNode
  /** Since when it holds. */
  since?: string | null
  /** Another word for the button, when "why?" would be unclear. */
  label?: string
}

/** Every number and every decision explains itself, everywhere in the same way. */
export function Why({ label, ...props }: WhyProps) {
  const { t } = useTranslation('ui')
  return (
    <Popover trigger="click" title={t('why.title')} content={<WhyList {...props} />}>
      <Button type="link" size="small" icon={<QuestionCircleOutlined aria-hidden />} style={{ paddingInline: 4 }}>
        {label ?? t('why.ask')}
      </Button>
    </Popover>
  )
}

/** The explanation itself, where it may stand open (a ruling, a case page). */
export function WhyList({ outcome, row, basis, inputs, version, since }: Omit<WhyProps, 'label'>) {
  const { t } = useTranslation('ui')
  const articles = typeof basis === 'string' ? [{ article: basis, text: undefined }] : (basis ?? [])
  const lines: [name: string, value: ReactNode, part?: 'row' | 'basis' | 'input'][] = [[t('why.outcome'), outcome]]
  if (row) lines.push([t('why.row'), <code key="row">{row}</code>, 'row'])
  if (articles.length > 0) lines.push([t('why.basis'), <Articles key="basis" articles={articles} />, 'basis'])
  for (const input of inputs ?? []) lines.push([input.label, input.value, 'input'])
  if (version != null) lines.push([t('why.version'), version])
  if (since) lines.push([t('why.since'), <RelativeTime key="since" at={since} />])
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 12px', margin: 0, maxWidth: 420 }}>
      {lines.map(([name, value, part]) => (
        <Fragment key={name}>
          <dt style={{ opacity: 0.75 }}>{name}</dt>
          <dd data-why={part} style={{ margin: 0 }}>
            {value}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

function Articles({ articles }: { articles: readonly { article: string; text?: string | undefined }[] }) {
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {articles.map(({ article, text }) => (
        <li key={article}>
          <strong>{article}</strong>
          {text ? <> {text}</> : null}
        </li>
      ))}
    </ul>
  )
}
