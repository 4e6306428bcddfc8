import { Alert } from 'antd'
import type { CSSProperties } from 'react'
import { useTranslation } from '@/i18n/react'

interface Explained {
  message: string
  code?: string
  row?: string | null
}

/** Why something was not done: the sentence, and for whoever asks further the row of the rules and the code. */
export function Trouble({ error, style }: { error: unknown; style?: CSSProperties }) {
  const { t } = useTranslation('ui')
  const { message, code, row } = explained(error)
  const source = [row ? `${t('why.row')} ${row}` : null, code].filter(Boolean).join(' · ')
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={message || t('state.error')}
      {...(source ? { description: <code className="x-small">{source}</code> } : {})}
      {...(style ? { style } : {})}
    />
  )
}

function explained(error: unknown): Explained {
  return error instanceof Error ? (error as Explained) : { message: '' }
}
