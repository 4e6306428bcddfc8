import { useQueryClient } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { api, asRefusal, useCursorPages, useMe, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { DecisionsButton } from '@/ui/Decisions'
import { type Look, StandWord } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { NextActions } from '@/ui/NextActions'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import type { Measure } from './wire'
import { WordsDialog } from './WordsDialog'
import { useReason } from './words'

type Asked = { deed: 'suspend' | 'resume' | 'lift'; measure: Measure }
const LOOKS = { in_force: 'breach', suspended: 'waiting', awaiting_exam: 'soon', ended: 'over' } as const satisfies Record<Measure['state'], Look>

/** What binds shops and people, and which notices are late: for people of the marketplace. */
export default function MeasuresPage() {
  const { t } = useTranslation('measures')
  const reason = useReason()
  const queries = useQueryClient()
  const { marketplace } = useMe()
  const decides = useReach('measures.decide') !== 'none'
  const [late, setLate] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const pages = useCursorPages<Measure>(['measures', late], (startingAfter, signal) =>
    api.GET('/platform/v1/measures', { params: { query: { late, ...(startingAfter ? { starting_after: startingAfter } : {}) } }, signal }),
  )
  const changed = () => queries.invalidateQueries({ queryKey: ['measures'] })
  const publish = async (one: Measure) => {
    await api.POST('/platform/v1/measures/{measure}/publish', { params: { path: { measure: one.id } } })
    await changed()
  }
  const carryOut = async ({ deed, measure }: Asked, text: string) => {
    const given = { params: { path: { measure: measure.id } }, body: { text } }
    if (deed === 'suspend') await api.POST('/platform/v1/measures/{measure}/suspend', given)
    else if (deed === 'resume') await api.POST('/platform/v1/measures/{measure}/resume', given)
    else await api.POST('/platform/v1/measures/{measure}/lift', given)
    await changed()
  }
  const columns: readonly Column<Measure>[] = [
    {
      id: 'subject',
      title: t('people.subject'),
      render: (one) => (
        <span>
          <strong>{one.subject_name}</strong>
          <div className="x-dim">{reason(one.reason)}</div>
        </span>
      ),
    },
    { id: 'kind', title: t('notices.measure'), render: (one) => <Imposed one={one} /> },
    {
      id: 'state',
      title: t('people.state'),
      render: (one) => (
        <span>
          <StandWord look={LOOKS[one.state]}>{t(`state.${one.state}`)}</StandWord>
          {one.ended_why ? <div className="x-dim">{t(`ended.${one.ended_why}`)}</div> : null}
          {one.due_at && one.then ? (
            <div>
              <Countdown due={one.due_at} then={t(`then.${one.then}` as 'then.ends')} />
            </div>
          ) : null}
        </span>
      ),
    },
    { id: 'notice', title: t('people.notice'), render: (one) => <NoticeState one={one} /> },
  ]
  const ask = (deed: Asked['deed'], measure: Measure) => () => setAsked({ deed, measure })
  return (
    <Sheet
      title={t('people.title')}
      hint={t('people.hint')}
      extra={
        <>
          <Checkbox checked={late} onChange={(event) => setLate(event.target.checked)}>
            {t('people.late_only')}
          </Checkbox>
          <a href={`/signin/measures/${marketplace.slug}`}>{t('people.public_page')}</a>
        </>
      }
    >
      <StateBlock
        state={stateOf(pages, pages.items.length === 0)}
        skeleton="table"
        title={t('people.none')}
        error={pages.isError ? asRefusal(pages.error) : null}
        onRetry={() => void pages.refetch()}
      >
        <Rows
          label={t('people.title')}
          columns={columns}
          rows={pages.items}
          rowKey={(one) => one.id}
          renderActions={(one) => (
            <NextActions
              size="small"
              deeds={decides ? one.deeds.filter((deed) => deed.allowed) : []}
              actions={{
                'measures.suspend': { label: t('deed.suspend'), run: ask('suspend', one) },
                'measures.resume': { label: t('deed.resume'), run: ask('resume', one) },
                'measures.lift': { label: t('deed.lift'), run: ask('lift', one) },
                'measures.publish': { label: t('deed.publish'), run: () => publish(one), primary: true, consequence: t('deed.publish_then') },
              }}
            />
          )}
        />
        <MoreRows pages={pages} />
      </StateBlock>
      {asked ? <WordsDialog title={t(`deed.${asked.deed}`)} onSubmit={(text) => carryOut(asked, text)} onClose={() => setAsked(null)} /> : null}
    </Sheet>
  )
}

/** Which measure, the clause it stands on, and the decisions it comes from; an officer's own has his statement alone. */
function Imposed({ one }: { one: Measure }) {
  const { t } = useTranslation('measures')
  const given = { params: { path: { measure: one.id } } }
  return (
    <div>
      <span title={t(`stops.${one.kind}`)}>{t(`kind.${one.kind}`)}</span>
      <div className="x-dim">
        <code>{one.statement.row}</code> · {one.statement.basis}
      </div>
      {one.source_kind === 'officer' ? null : (
        <DecisionsButton queryKey={['measures', one.id, 'why']} load={(signal) => api.GET('/platform/v1/measures/{measure}/why', { ...given, signal })} />
      )}
    </div>
  )
}

/** Whether its notice was published, and in time. */
function NoticeState({ one }: { one: Measure }) {
  const { t } = useTranslation('measures')
  if (!one.publish_by) return <span className="x-dim">{t('people.private')}</span>
  if (one.published_at) {
    return (
      <span>
        <StandWord look={one.late ? 'soon' : 'settled'}>{t(one.late ? 'people.published_late' : 'people.published')}</StandWord>
        <div className="x-dim">
          <RelativeTime at={one.published_at} />
        </div>
      </span>
    )
  }
  return (
    <span>
      <StandWord look={one.late ? 'breach' : 'soon'}>{t(one.late ? 'people.unpublished_late' : 'people.unpublished')}</StandWord>
      <div>
        <Countdown due={one.publish_by} then={t('then.publish')} short />
      </div>
    </span>
  )
}
