import type { ReactNode } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Agents } from './Agents'
import { Alerts } from './alerts/Alerts'
import { Figures } from './Figures'
import { Lines } from './Lines'
import { Risks } from './Risks'
import { Today } from './Today'
import { useLive, useQueueNames, useTeamNames } from './wire'

/** What needs the manager now: whose buyer waits, how the queues stand, who is there; `also`: what of other parts. */
export default function LivePage({ shop, also }: { shop: string; also?: ReactNode }) {
  const { t } = useTranslation('conversations')
  const query = useLive(shop)
  const queues = useQueueNames(shop)
  const team = useTeamNames(shop)
  const live = query.data
  const at = { shop, queues, team, onDone: () => void query.refetch() }
  return (
    <Sheet
      title={t('live.nav')}
      extra={
        live ? (
          <span className="x-quiet">
            {t('live.as_of')} <RelativeTime at={live.at} />
          </span>
        ) : null
      }
    >
      <StateBlock
        state={stateOf(query, false)}
        skeleton="table"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {live ? (
          <>
            <Today today={live.today} waiting={live.lines.reduce((sum, line) => sum + line.waiting, 0)} />
            {also}
            <Alerts {...at} />
            <Part title={t('live.risks')}>
              {live.at_risk.length > 0 ? (
                <Risks {...at} label={t('live.risks')} rows={live.at_risk} />
              ) : (
                <StateBlock state="empty" title={t('live.no_risks')} hint={t('live.no_risks_hint')} />
              )}
            </Part>
            <Part title={t('live.queues')}>
              <Lines rows={live.lines} queues={queues} />
            </Part>
            {live.served.length > 0 ? (
              <Part title={t('live.served')}>
                <Risks {...at} label={t('live.served')} rows={live.served} />
              </Part>
            ) : null}
            <Part title={t('live.agents')}>
              <Agents rows={live.agents} team={team} />
            </Part>
            <Part title={t('figures.title')}>
              <Figures shop={shop} />
            </Part>
          </>
        ) : null}
      </StateBlock>
    </Sheet>
  )
}
