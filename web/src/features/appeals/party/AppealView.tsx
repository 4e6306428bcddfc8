import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { DecisionsButton } from '@/ui/Decisions'
import { NextActions } from '@/ui/NextActions'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import { Appealed, AppealClock, AppealState, AppealSteps, StatementView, Wanted } from '../parts/Parts'
import { add, readAppeal, readWhy, wholeKey, withdraw } from '../parts/server'
import type { AppealWhole, Place } from '../parts/wire'
import { AddForm } from './AddForm'

const EVERY_MS = 20_000

/** One appeal for whoever takes part: where it stands, who must act, until when, what follows else; then the rest. */
export function AppealView({ place, id }: { place: Place; id: string }) {
  const query = useQuery({
    queryKey: wholeKey(place, id),
    queryFn: ({ signal }) => readAppeal(place, id, signal),
    refetchInterval: EVERY_MS,
  })
  return (
    <StateBlock
      state={stateOf(query, false)}
      skeleton="card"
      error={query.isError ? asRefusal(query.error) : null}
      onRetry={() => void query.refetch()}
    >
      {query.data ? <Shown place={place} one={query.data} onDue={() => void query.refetch()} /> : null}
    </StateBlock>
  )
}

function Shown({ place, one, onDue }: { place: Place; one: AppealWhole; onDue: () => void }) {
  const { t } = useTranslation('appeals')
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const put = (whole: AppealWhole) => {
    queries.setQueryData(wholeKey(place, one.id), whole)
    void queries.invalidateQueries({ queryKey: ['appeals', place?.shop ?? 'me', 'list'] })
    setAdding(false)
  }
  const takeBack = async () => {
    setTrouble(null)
    try {
      put(await withdraw(place, one.id))
    } catch (error) {
      setTrouble(error)
    }
  }
  const asked = one.turn === 'appellant' && one.side === 'appellant'
  return (
    <>
      <section className="x-box" data-mark={asked ? 'now' : undefined} aria-live="polite">
        <AppealState line={one} />
        <p>{t(asked ? 'turn.mine' : one.turn ? 'turn.people' : 'turn.over')}</p>
        {asked ? <p>{t(one.state === 'incomplete' ? 'party.incomplete' : 'party.supplement')}</p> : null}
        <AppealClock line={one} onDue={() => setTimeout(onDue, 1_000)} />
      </section>
      {one.statement ? <StatementView one={one} statement={one.statement} /> : null}
      <div className="x-deeds">
        {adding ? (
          <AddForm place={place} one={one} answer={one.side === 'other'} onSend={async (wish) => put(await add(place, one.id, wish))} onClose={() => setAdding(false)} />
        ) : (
          <NextActions
            deeds={one.deeds}
            actions={{
              withdraw: { label: t('deed.withdraw'), run: takeBack, consequence: t('party.withdraw_then'), hideRefused: true },
              add: { label: t('deed.add'), run: () => setAdding(true), primary: asked, hideRefused: true },
              answer: { label: t('deed.answer'), run: () => setAdding(true), hideRefused: true },
            }}
          />
        )}
        {trouble ? <Trouble error={trouble} /> : null}
      </div>
      <Appealed one={one} />
      <Wanted one={one} />
      <DecisionsButton queryKey={[...wholeKey(place, one.id), 'why', one.version]} load={(signal) => readWhy(place, one.id, signal)} label={t('part.why_taken')} />
      <AppealSteps one={one} />
    </>
  )
}
