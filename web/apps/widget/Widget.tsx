/** @jsxImportSource preact */
import i18next from 'i18next'
import type { Api } from '@/api/client'
import type { Me } from '@/api/wire'
import type { Realtime } from '@/realtime'
import type { WidgetSettings } from '../loader/settings'
import type { Host } from './host'
import { useWatched } from './useWatched'

export interface WidgetProps {
  api: Api
  realtime: Realtime
  me: Me
  settings: WidgetSettings
  /** null when the page is not in a frame. */
  host: Host | null
}

/** The buyer's chat on other people's pages. */
export function Widget({ realtime, host }: WidgetProps) {
  const { offline } = useWatched(realtime.connection)
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
      {offline ? (
        <div role="status" class="w-offline">
          {t('ui:offline.text')}
        </div>
      ) : null}
      <main class="w-main" />
    </div>
  )
}
