import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'

export type SkeletonShape = 'list' | 'thread' | 'table' | 'form' | 'card'

export interface StateBlockProps {
  state: 'loading' | 'empty' | 'error' | 'ready'
  /** The final shape, so that nothing jumps when the content comes. */
  skeleton?: SkeletonShape
  /** Empty: what this is. */
  title?: ReactNode
  /** Empty: the one thing to do. */
  hint?: ReactNode
  action?: ReactNode
  /** Error: what went wrong, in the reader's words (a Refusal's message). */
  error?: { message?: string; code?: string; row?: string | null } | null
  /** Error: what was kept. */
  kept?: ReactNode
  onRetry?: () => void
  children?: ReactNode
}

/** The four states of every list and page: loading, empty, error, ready. */
export function StateBlock(props: StateBlockProps) {
  switch (props.state) {
    case 'loading':
      return <Loading shape={props.skeleton ?? 'list'} />
    case 'empty':
      return <Empty {...props} />
    case 'error':
      return <Failed {...props} />
    case 'ready':
      return <>{props.children}</>
  }
}

/** What a query of react-query is in, as a state of this block. */
export function stateOf(query: { isPending: boolean; isError: boolean }, empty: boolean): StateBlockProps['state'] {
  if (query.isPending) return 'loading'
  if (query.isError) return 'error'
  return empty ? 'empty' : 'ready'
}

function Empty({ title, hint, action }: StateBlockProps) {
  const { t } = useTranslation('ui')
  return (
    <div style={CENTRE}>
      <p style={{ margin: 0, fontWeight: 600 }}>{title ?? t('state.empty')}</p>
      {hint ? <p style={{ margin: '4px 0 0', opacity: 0.8 }}>{hint}</p> : null}
      {action ? <div style={{ marginTop: 12 }}>{action}</div> : null}
    </div>
  )
}

function Failed({ error, kept, onRetry }: StateBlockProps) {
  const { t } = useTranslation('ui')
  return (
    <div role="alert" style={CENTRE}>
      <p style={{ margin: 0, fontWeight: 600 }}>{error?.message || t('state.error')}</p>
      {error?.code ? <code style={{ fontSize: 12 }}>{[error.row, error.code].filter(Boolean).join(' · ')}</code> : null}
      {kept ? <p style={{ margin: '4px 0 0', opacity: 0.8 }}>{kept}</p> : null}
      {onRetry ? (
        <Button style={{ marginTop: 12 }} onClick={onRetry}>
          {t('action.retry')}
        </Button>
      ) : null}
    </div>
  )
}

const CENTRE = { padding: '32px 16px', textAlign: 'center' } as const
const LINES = [0, 1, 2, 3, 4, 5]

function Loading({ shape }: { shape: SkeletonShape }) {
  const { t } = useTranslation('ui')
  return (
    <div aria-busy="true" style={{ padding: 12 }}>
      <span className="x-heard">{t('state.loading')}</span>
      <Shape shape={shape} />
    </div>
  )
}

function Shape({ shape }: { shape: SkeletonShape }) {
  switch (shape) {
    case 'list':
      return LINES.map((line) => <Skeleton key={line} active avatar title={false} paragraph={{ rows: 2 }} />)
    case 'thread':
      return LINES.slice(0, 4).map((line) => (
        <div key={line} style={{ display: 'flex', justifyContent: line % 2 ? 'flex-end' : 'flex-start' }}>
          <Skeleton active title={false} paragraph={{ rows: 2, width: [220, 140] }} style={{ width: 240 }} />
        </div>
      ))
    case 'table':
      return <Skeleton active title={{ width: '100%' }} paragraph={{ rows: 8, width: '100%' }} />
    case 'form':
      return LINES.slice(0, 4).map((line) => <Skeleton key={line} active title={{ width: 120 }} paragraph={{ rows: 1 }} />)
    case 'card':
      return <Skeleton active title paragraph={{ rows: 3 }} />
  }
}
