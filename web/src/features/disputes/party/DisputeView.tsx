import { useQuery, useQueryClient } from '@tanstack/react-query'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { DecisionsButton } from '@/ui/Decisions'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import '../disputes.css'
import { DisputeClock, DisputeState, ExhibitCard, IssueCard, Record } from '../parts/Parts'
import { RulingView } from '../parts/RulingView'
import { listKey, readDispute, readWhy, wholeKey } from '../parts/server'
import type { DisputeWhole, Place } from '../parts/wire'
import { PartyDeeds } from './PartyDeeds'
import { Proposals } from './Proposals'

const EVERY_MS = 15_000

/** One dispute for whoever quarrels: what he must do now, until when, what follows; then everything else. */
export function DisputeView({ place, id, appeals }: { place: Place; id: string; appeals: string }) {
  const query = useQuery({
    queryKey: wholeKey(place, id),
    queryFn: ({ signal }) => readDispute(place, id, signal),
    refetchInterval: EVERY_MS,
  })
  return (
    <StateBlock
      state={stateOf(query, false)}
      skeleton="card"
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      {query.data ? <Shown place={place} one={query.data} appeals={appeals} onDue={() => void query.refetch()} /> : null}
    </StateBlock>
  )
}

function Shown({ place, one, appeals, onDue }: { place: Place; one: DisputeWhole; appeals: string; onDue: () => void }) {
  const { t } = useTranslation('disputes')
  const queries = useQueryClient()
  const put = (whole: DisputeWhole) => {
    queries.setQueryData(wholeKey(place, one.id), whole)
    void queries.invalidateQueries({ queryKey: listKey(place) })
  }
  const [current] = one.ruling ? [one.ruling] : one.rulings.slice(-1)
  const earlier = one.rulings.filter(({ id }) => id !== current?.id)
  return (
    <>
      <section className="x-box" data-mark={one.turn.includes(one.me) ? 'now' : undefined} aria-live="polite">
        <DisputeState line={one} />
        {one.words.slice(1).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <DisputeClock line={one} onDue={() => setTimeout(onDue, 1_000)} />
      </section>
      {current ? <RulingView whole={one} ruling={current} appeal={appeals} /> : null}
      <Proposals place={place} one={one} onMoved={put} />
      <PartyDeeds place={place} one={one} onMoved={put} />
      <h2>{t('page.issues')}</h2>
      <ul className="dp-issues">
        {one.issues_shown.map((issue) => (
          <IssueCard key={issue.id} issue={issue} currency={one.currency} mine={issue.holder === one.me} />
        ))}
      </ul>
      {one.exhibits.length > 0 ? (
        <section className="x-box">
          <h2>{t('page.exhibits')}</h2>
          <ul className="x-list">
            {one.exhibits.map((shown) => (
              <li key={shown.id}>
                <ExhibitCard one={shown} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {earlier.map((ruling) => (
        <RulingView key={ruling.id} whole={one} ruling={ruling} />
      ))}
      <DecisionsButton queryKey={[...wholeKey(place, one.id), 'why', one.version]} load={(signal) => readWhy(place, one.id, signal)} label={t('page.why')} />
      <Record one={one} />
    </>
  )
}
