import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Switch } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, asRefusal } from '@/api'
import { useRefusalSentence, useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import '@/ui/matter.css'
import type { JuryService } from '../parts/wire'
import { JuryBrief } from './JuryBrief'

const KEY = ['disputes', 'jury']
const EVERY_MS = 30_000

/** Sitting in juries: whether one would, what one is called to, and one case without names to vote on. */
export default function JuryPage() {
  const { t } = useTranslation('disputes')
  const { dispute } = useParams()
  const queries = useQueryClient()
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.GET('/public/v1/me/jury', { signal }), refetchInterval: EVERY_MS })
  const put = (service: JuryService) => queries.setQueryData(KEY, service)
  const call = query.data?.calls.find((one) => one.dispute === dispute)
  return (
    <div className="x-matter x-thumb">
      <title>{t('jury.title')}</title>
      <div className="x-matter-head">
        <h1>{t('jury.title')}</h1>
        <Link to={dispute ? '/jury' : '/disputes'}>{t('page.to_list')}</Link>
      </div>
      <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {query.data && dispute ? <JuryBrief dispute={dispute} voted={call?.voted ?? false} onVoted={put} /> : null}
        {query.data && !dispute ? <Service service={query.data} onChanged={put} /> : null}
      </StateBlock>
    </div>
  )
}

function Service({ service, onChanged }: { service: JuryService; onChanged: (service: JuryService) => void }) {
  const { t } = useTranslation('disputes')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const set = async (willing: boolean) => {
    setBusy(true)
    setTrouble(null)
    try {
      onChanged(await api.PUT('/public/v1/me/jury', { body: { willing } }))
    } catch (error) {
      setTrouble(error)
    } finally {
      setBusy(false)
    }
  }
  const why = useRefusalSentence(service.code)
  return (
    <>
      <section className="x-box">
        <p>{t('jury.what')}</p>
        <label style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          <Switch checked={service.willing} loading={busy} onChange={(on) => void set(on)} /> {t('jury.willing')}
        </label>
        {why ? <p role="note">{why}</p> : null}
        {trouble ? <Trouble error={trouble} /> : null}
      </section>
      <h2>{t('jury.calls')}</h2>
      {service.calls.length === 0 ? <p className="x-dim">{t('jury.no_calls')}</p> : null}
      <ul className="x-list">
        {service.calls.map((one) => (
          <li key={one.dispute}>
            <Link className="x-card-link" to={`/jury/${one.dispute}`}>
              <span className="x-card-link-head">
                <strong>{t(`issue.${one.issue}`)}</strong>
                <Countdown due={one.due_at} short />
              </span>
              <span className="x-dim">{t(one.voted ? 'jury.voted' : 'jury.to_vote')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
