import { Link } from 'react-router'
import { asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { useFigures } from '@/ui/figures'
import { type Look, StandWord } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { type AppealLine, appeals, type SampleLine, samples } from './wire'

const LOOKS: Readonly<Record<SampleLine['state'], Look>> = { drawn: 'accent', second: 'accent', apart: 'soon', settled: 'settled', lapsed: 'over' }
const APPEAL_LOOKS: Readonly<Record<AppealLine['appeal']['state'], Look>> = {
  lodged: 'waiting',
  kept: 'over',
  changed: 'settled',
  set_aside: 'settled',
  withdrawn: 'over',
}
const EVERY_MS = 30_000

interface Props {
  shop: string | null
  /** The address of something of a shop. */
  to: (shop: string, id: string) => string
}

/** Where an appeal against a score stands, in a word. */
export function AppealStand({ state }: { state: AppealLine['appeal']['state'] }) {
  const { t } = useTranslation('grading')
  return <StandWord look={APPEAL_LOOKS[state]}>{t(`appeal_state.${state}`)}</StandWord>
}

/** Talks that wait for a grade, or that are over; nothing of the machine is said while they wait. */
export function SampleList({ shop, over, to }: Props & { over: boolean }) {
  const { t } = useTranslation('grading')
  const pages = useCursorPages<SampleLine>(['grading', 'list', shop, over], (after, signal) => samples(shop, over, after, signal), { refetchInterval: EVERY_MS })
  const columns: readonly Column<SampleLine>[] = [
    {
      id: 'what',
      title: t('list.task'),
      render: (one) =>
        one.allowed || over ? (
          <Link to={to(one.shop, one.id)}>
            <strong>{one.seat ? t(`seat.${one.seat}`) : t('list.see')}</strong>
          </Link>
        ) : (
          <span className="x-dim">{t(one.in_hand ? 'list.in_hand' : one.code === 'grading.graded_before' ? 'list.graded' : 'list.own')}</span>
        ),
    },
    ...(shop === null ? [{ id: 'shop', title: t('list.shop'), render: (one: SampleLine) => one.shop_name }] : []),
    { id: 'state', title: t('list.state'), render: (one) => <StandWord look={LOOKS[one.state]}>{t(`state.${one.state}`)}</StandWord> },
    { id: 'due', title: t('list.due'), render: (one) => (one.due_at ? <Countdown due={one.due_at} short /> : '–') },
    { id: 'drawn', title: t('list.drawn'), render: (one) => <RelativeTime at={one.drawn_at} /> },
  ]
  return (
    <StateBlock
      state={stateOf(pages, pages.items.length === 0)}
      skeleton="table"
      title={t(over ? 'list.none_over' : 'list.none')}
      error={pages.isError ? asRefusal(pages.error) : null}
      onRetry={() => void pages.refetch()}
    >
      <Rows label={t('title')} columns={columns} rows={pages.items} rowKey={(one) => one.id} />
      <MoreRows pages={pages} />
    </StateBlock>
  )
}

/** Appeals against scores that are to be decided. */
export function AppealList({ shop, to }: Props) {
  const { t } = useTranslation('grading')
  const { figure } = useFigures()
  const pages = useCursorPages<AppealLine>(['grading', 'appeals', shop], (after, signal) => appeals(shop, false, after, signal), { refetchInterval: EVERY_MS })
  const columns: readonly Column<AppealLine>[] = [
    {
      id: 'who',
      title: t('list.agent'),
      render: (one) =>
        one.deeds.some((deed) => deed.deed === 'decide' && deed.allowed) ? (
          <Link to={to(one.appeal.shop, one.appeal.id)}>
            <strong>{one.agent_name}</strong>
          </Link>
        ) : (
          <>
            {one.agent_name} <span className="x-dim">{t('list.another')}</span>
          </>
        ),
    },
    ...(shop === null ? [{ id: 'shop', title: t('list.shop'), render: (one: AppealLine) => one.shop_name }] : []),
    { id: 'score', title: t('standing.stands'), render: (one) => figure(one.score) },
    { id: 'text', title: t('appeal.text'), render: (one) => <span className="gr-short">{one.appeal.text}</span> },
    { id: 'due', title: t('list.due'), render: (one) => (one.appeal.due_at ? <Countdown due={one.appeal.due_at} short /> : '–') },
  ]
  return (
    <StateBlock
      state={stateOf(pages, pages.items.length === 0)}
      skeleton="table"
      title={t('list.none_appeals')}
      error={pages.isError ? asRefusal(pages.error) : null}
      onRetry={() => void pages.refetch()}
    >
      <Rows label={t('part.appeals')} columns={columns} rows={pages.items} rowKey={(one) => one.appeal.id} />
      <MoreRows pages={pages} />
    </StateBlock>
  )
}
