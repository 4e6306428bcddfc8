import { Link } from 'react-router'
import { api, useCursorPages, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { type Look, StandWord } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import type { DialogueLine, DialogueState } from './wire'

const LOOKS: Readonly<Record<DialogueState, Look>> = {
  found: 'accent',
  returned: 'accent',
  overdue: 'breach',
  contested: 'waiting',
  planned: 'waiting',
  improved: 'settled',
  came_back: 'breach',
  set_aside: 'over',
  lapsed: 'over',
}

/** Where a dialogue stands, in a word. */
export function DialogueStand({ state }: { state: DialogueState }) {
  const { t } = useTranslation('learning')
  return <StandWord look={LOOKS[state]}>{t(`state.${state}`)}</StandWord>
}

/** What speaks for discontent: stars, words, what came of it. */
export function SignalWords({ signals }: { signals: DialogueLine['dialogue']['signals'] }) {
  const { t } = useTranslation('learning')
  const said = [
    signals.stars == null ? null : t('rating.stars', { count: signals.stars }),
    signals.dissatisfied_percent == null ? null : t('signal.words', { percent: signals.dissatisfied_percent }),
    signals.outcome === 'none' ? null : t(`outcome.${signals.outcome}`),
  ]
  return <>{said.filter(Boolean).join(' · ')}</>
}

/** Unsatisfied dialogues, the newest first. */
export function DialogueList({ shop, base, leads }: { shop: string; base: string; leads: boolean }) {
  const { t } = useTranslation('learning')
  const pages = useCursorPages<DialogueLine>(['learning', shop, 'dialogues'], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/dialogues', { params: { path: { shop }, query: { limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const columns: readonly Column<DialogueLine>[] = [
    {
      id: 'what',
      title: t('dialogue.title'),
      render: ({ dialogue }) => (
        <Link to={`${base}/dialogues/${dialogue.id}`}>
          <strong>
            <SignalWords signals={dialogue.signals} />
          </strong>
        </Link>
      ),
    },
    ...(leads ? [{ id: 'agent', title: t('dialogue.agent'), render: (one: DialogueLine) => one.agent_name }] : []),
    { id: 'state', title: t('dialogue.state'), render: ({ dialogue }) => <DialogueStand state={dialogue.state} /> },
    { id: 'due', title: t('dialogue.due'), render: ({ dialogue }) => (dialogue.due_at ? <Countdown due={dialogue.due_at} short /> : '–') },
    { id: 'found', title: t('dialogue.found'), render: ({ dialogue }) => <RelativeTime at={dialogue.found_at} /> },
  ]
  return (
    <StateBlock
      state={stateOf(pages, pages.items.length === 0)}
      skeleton="table"
      title={t('dialogue.none')}
      hint={t('dialogue.none_hint')}
      error={pages.isError ? asRefusal(pages.error) : null}
      onRetry={() => void pages.refetch()}
    >
      <Rows label={t('dialogue.title')} columns={columns} rows={pages.items} rowKey={({ dialogue }) => dialogue.id} />
      <MoreRows pages={pages} />
    </StateBlock>
  )
}
