import { Button } from 'antd'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from '@/i18n/react'

interface Props {
  children: ReactNode
  /** A change of this key (the address) tries again. */
  resetKey?: string
  onError?: (error: Error, info: ErrorInfo) => void
}

interface State {
  error: Error | null
  resetKey: string | undefined
}

/** One broken page never takes the others with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onError?.(error, info)
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children
    return <Broken error={this.state.error} retry={() => this.setState({ error: null })} />
  }
}

/** What a broken page shows; also drawn by the router for errors of its routes. */
export function Broken({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation('ui')
  // After a new version the old page's parts are gone from the server; only a reload helps.
  const stale = error instanceof Error && /dynamically imported module|Importing a module script failed/i.test(error.message)
  return (
    <div role="alert" style={{ padding: '64px 16px', textAlign: 'center' }}>
      <p style={{ fontWeight: 600 }}>{stale ? t('broken.stale') : t('broken.title')}</p>
      <p>{t('broken.kept')}</p>
      {retry && !stale ? <Button onClick={retry}>{t('action.retry')}</Button> : null}{' '}
      <Button type="primary" onClick={() => location.reload()}>
        {t('broken.reload')}
      </Button>
    </div>
  )
}
