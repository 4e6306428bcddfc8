/** @jsxImportSource preact */
import i18next from 'i18next'
import type { Host } from './host'

interface Props {
  message: string
  host: Host | null
  onRetry: () => void
}

/** The chat could not be opened: why, and what can be done. */
export function Trouble({ message, host, onRetry }: Props) {
  const t = i18next.t
  return (
    <div class="w-page">
      <header class="w-head">
        <h1 class="w-title">{t('ui:app.widget')}</h1>
        {host ? (
          <button type="button" class="w-icon" aria-label={t('ui:action.close')} onClick={() => host.tell({ xiaoer: 'close' })}>
            ×
          </button>
        ) : null}
      </header>
      <main class="w-main">
        <p role="alert" class="w-trouble">
          {message || t('ui:state.error')}{' '}
          <button type="button" class="k-link" onClick={onRetry}>
            {t('ui:action.retry')}
          </button>
        </p>
      </main>
    </div>
  )
}
