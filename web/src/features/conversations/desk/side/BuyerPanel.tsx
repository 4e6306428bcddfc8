import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { asRefusal } from '@/api'
import { LANGUAGE_NAMES, nearestLanguage } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { absoluteTime, shortTime } from '@/ui/time'
import { useServerNow } from '@/ui/serverClock'
import { useDesk } from '../data/deskStore'
import { getBuyer } from '../server'
import type { Consultation, Summary } from '../wire'

/** Who the buyer is to this shop: since when, in which language, and his last consultations. */
export default function BuyerPanel({ summary }: { summary: Summary }) {
  const { t, i18n } = useTranslation('conversations')
  const { shop } = useDesk()
  const now = useServerNow()
  const known = useQuery({
    queryKey: ['desk', shop, 'buyer', summary.id, summary.consultation],
    queryFn: ({ signal }) => getBuyer({ shop, conversation: summary.id }, signal),
  })
  const language = nearestLanguage(summary.language || summary.buyer.language)
  const since = known.data ? Date.parse(known.data.since) : null
  return (
    <div className="xd-buyer">
      <dl className="xd-facts">
        <Fact name={t('desk.buyer.name')}>{summary.buyer.name ? <Copyable text={summary.buyer.name} /> : t('desk.buyer.nameless')}</Fact>
        <Fact name={t('desk.buyer.kind')}>{t(summary.buyer.visitor ? 'desk.buyer.visitor' : 'desk.buyer.signed_in')}</Fact>
        <Fact name={t('desk.buyer.language')}>{language ? LANGUAGE_NAMES[language] : '–'}</Fact>
        {since === null ? null : (
          <Fact name={t('desk.buyer.since')}>
            <time title={absoluteTime(since, i18n.language)}>{t('desk.buyer.days', { count: Math.max(0, Math.floor((now() - since) / 86_400_000)) })}</time>
          </Fact>
        )}
        {summary.tags.length > 0 ? (
          <Fact name={t('desk.buyer.tags')}>
            {summary.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </Fact>
        ) : null}
      </dl>
      <h3 className="xd-side-title">{t('desk.buyer.consultations')}</h3>
      <StateBlock
        state={stateOf(known, known.data?.consultations.length === 0)}
        skeleton="card"
        title={t('desk.buyer.no_consultations')}
        error={known.error ? asRefusal(known.error) : null}
        onRetry={() => void known.refetch()}
      >
        <ol className="xd-plain-list">
          {(known.data?.consultations ?? []).map((each) => (
            <Past key={each.number} consultation={each} />
          ))}
        </ol>
      </StateBlock>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="xd-quiet">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Past({ consultation }: { consultation: Consultation }) {
  const { t, i18n } = useTranslation('conversations')
  const now = useServerNow()
  const time = (at: string) => shortTime(Date.parse(at), now(), i18n.language)
  return (
    <li className="xd-past">
      <span>{t('desk.consultation', { number: consultation.number })}</span>
      <span className="xd-quiet x-figures">
        {consultation.closed_at ? `${time(consultation.opened_at)} – ${time(consultation.closed_at)}` : t('desk.buyer.open_since', { time: time(consultation.opened_at) })}
      </span>
      <span className="xd-quiet">{consultation.assignee_name || t('desk.buyer.nobody')}</span>
      {consultation.breached > 0 ? <Tag color="red">{t('desk.buyer.breached', { count: consultation.breached })}</Tag> : null}
    </li>
  )
}
