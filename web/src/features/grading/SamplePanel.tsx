import { useQuery, useQueryClient } from '@tanstack/react-query'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { announce } from '@/ui/announce'
import { Countdown } from '@/ui/Countdown'
import { DecisionsButton } from '@/ui/Decisions'
import { useFigures } from '@/ui/figures'
import { Steps } from '@/ui/Matter'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Grades } from './Grades'
import { SheetForm } from './SheetForm'
import { giveGrade, openSample, wholeSample, whySample } from './wire'

interface Props {
  shop: string
  id: string
  onDone: () => void
}

/** A sample in one's hand: its masked words and the sheet; a third person also sees the two sheets before his. */
export function OpenSample({ shop, id, onDone }: Props) {
  const { t } = useTranslation('grading')
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['grading', 'sheet', id], queryFn: () => openSample(shop, id), staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false })
  const send = async (sheet: Parameters<typeof giveGrade>[2]) => {
    await giveGrade(shop, id, sheet)
    announce(t('sheet.sent'))
    await queries.invalidateQueries({ queryKey: ['grading', 'list'] })
    onDone()
  }
  return (
    <StateBlock state={stateOf(query, false)} skeleton="thread" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? (
        <>
          <h2>{t(`seat.${query.data.seat}`)}</h2>
          {query.data.held_until ? <Countdown due={query.data.held_until} then={t('sheet.put_back')} /> : null}
          <Grades grades={query.data.earlier} />
          <SheetForm talk={query.data.talk} submit={t('sheet.send')} onSubmit={send} />
        </>
      ) : null}
    </StateBlock>
  )
}

/** A sample that is over: every sheet beside the machine's score, why it was drawn and why what stands, stands. */
export function OverSample({ shop, id }: Omit<Props, 'onDone'>) {
  const { t } = useTranslation('grading')
  const { figure } = useFigures()
  const query = useQuery({ queryKey: ['grading', 'over', id], queryFn: ({ signal }) => wholeSample(shop, id, signal) })
  const one = query.data
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {one ? (
        <>
          <h2>{one.agent_name || one.shop_name}</h2>
          <p>
            {t(`drawn_for.${one.sample.drawn_for}`)} · {t('standing.stands')} <strong>{figure(one.stands)}</strong>
          </p>
          <DecisionsButton queryKey={['grading', 'why', id]} load={(signal) => whySample(shop, id, signal)} label={t('standing.why')} />
          <Grades grades={one.grades} machine={one.machine} />
          <Steps
            steps={one.history.map((step) => ({
              key: step.version,
              title: t(`event.${step.event}` as 'event.drawn'),
              by: step.person_name || t('by_program'),
              at: step.at,
              text: step.text,
            }))}
          />
        </>
      ) : null}
    </StateBlock>
  )
}
