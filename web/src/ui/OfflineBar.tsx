import { DisconnectOutlined } from '@ant-design/icons'
import { useEffect, useRef } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from './announce'
import { useMode } from './mode'
import { tone } from './theme'

/** A thin bar while the connection is away; everything goes on, nothing is lost. */
export function OfflineBar({ offline, onRetry }: { offline: boolean; onRetry?: () => void }) {
  const { t } = useTranslation('ui')
  const mode = useMode()
  const was = useRef(false)
  useEffect(() => {
    if (was.current && !offline) announce(t('offline.back'))
    was.current = offline
  }, [offline, t])
  if (!offline) return null
  return (
    <div
      role="status"
      style={{
        display: 'flex',
        gap: 8,
        justifyContent: 'center',
        alignItems: 'center',
        minHeight: 28,
        padding: '2px 12px',
        color: tone(mode, 'soon'),
        borderBottom: `1px solid ${tone(mode, 'soon')}`,
      }}
    >
      <DisconnectOutlined aria-hidden />
      <span>{t('offline.text')}</span>
      {onRetry ? (
        <button type="button" className="x-plain" style={{ textDecoration: 'underline', minHeight: 24 }} onClick={onRetry}>
          {t('offline.retry')}
        </button>
      ) : null}
    </div>
  )
}
