import { useQuery } from '@tanstack/react-query'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { calls, EVERY_MS, KEY } from './server'

/** Calls at the hotline, the newest first, and whether the caller has sent his form. */
export default function Calls() {
  const { t } = useTranslation('complaints')
  const query = useQuery({ queryKey: [...KEY, 'calls'], queryFn: ({ signal }) => calls(signal), refetchInterval: EVERY_MS })
  const rows = query.data?.data ?? []
  return (
    <StateBlock
      state={stateOf(query, rows.length === 0)}
      skeleton="list"
      title={t('people.no_calls')}
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      <ul className="cp-list">
        {rows.map((one) => (
          <li key={one.id} className="cp-item">
            <span className="cp-row">
              <strong>{t(`type.${one.type}` as 'type.abuse')}</strong>
              <RelativeTime at={one.at} />
            </span>
            <span className="cp-said">{one.text}</span>
            <span className="cp-quiet">{t(one.complaint_id ? 'people.call_sent' : 'people.call_waits')}</span>
            {one.complaint_id ? null : (
              <Copyable text={`${location.origin}${one.link}`}>
                <code className="x-small">{one.link.slice(0, 32)}…</code>
              </Copyable>
            )}
          </li>
        ))}
      </ul>
    </StateBlock>
  )
}
