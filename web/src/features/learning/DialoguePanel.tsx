import { CloseOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { DecisionsButton } from '@/ui/Decisions'
import { Steps } from '@/ui/Matter'
import { NextActions } from '@/ui/NextActions'
import { RelativeTime } from '@/ui/RelativeTime'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { type DeedName, DialogueDialog } from './DialogueDialog'
import { MaskedTalk } from './MaskedTalk'
import { DialogueStand, SignalWords } from './DialogueList'
import type { DialogueWhole } from './wire'

/** One unsatisfied dialogue: what was said, what speaks for discontent, whose turn it is, what came of it. */
export function DialoguePanel({ shop, id, onClose }: { shop: string; id: string; onClose: () => void }) {
  const { t } = useTranslation('learning')
  const query = useQuery({
    queryKey: ['learning', shop, 'dialogue', id],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/dialogues/{dialogue}', { params: { path: { shop, dialogue: id } }, signal }),
  })
  return (
    <div className="ln-panel">
      <Button className="ln-close" type="text" icon={<CloseOutlined />} aria-label={t('dialogue.close')} onClick={onClose} />
      <StateBlock
        state={stateOf(query, false)}
        skeleton="thread"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {query.data ? <Shown shop={shop} one={query.data} /> : null}
      </StateBlock>
    </div>
  )
}

function Shown({ shop, one }: { shop: string; one: DialogueWhole }) {
  const { t } = useTranslation('learning')
  const queries = useQueryClient()
  const [doing, setDoing] = useState<DeedName | null>(null)
  const { dialogue } = one
  const look = (deed: DeedName, primary = false) => ({ label: t(`deed.${deed}`), run: () => setDoing(deed), primary, hideRefused: true })
  return (
    <>
      <header className="ln-head">
        <h2>
          <SignalWords signals={dialogue.signals} />
        </h2>
        <p>
          <DialogueStand state={dialogue.state} /> {one.agent_name}
        </p>
        {dialogue.due_at ? <Countdown due={dialogue.due_at} then={t(`then.${dialogue.state}` as 'then.found')} /> : null}
        <DecisionsButton
          queryKey={['learning', shop, 'why', dialogue.id]}
          load={(signal) => api.GET('/api/v1/shops/{shop}/dialogues/{dialogue}/why', { params: { path: { shop, dialogue: dialogue.id } }, signal })}
          label={t('dialogue.why')}
        />
      </header>
      <NextActions
        deeds={one.deeds}
        actions={{ plan: look('plan', true), contest: look('contest'), decide: look('decide', true), hint: look('hint'), share: look('share') }}
      />
      <MaskedTalk lines={one.talk} />
      {dialogue.plan ? (
        <section>
          <h3>{t('dialogue.plan')}</h3>
          <p>
            {dialogue.cause ? <strong>{t(`cause.${dialogue.cause}`)}</strong> : null} <span className="x-said">{dialogue.plan}</span>
          </p>
        </section>
      ) : null}
      {one.hints.length > 0 ? (
        <section>
          <h3>{t('dialogue.hints')}</h3>
          {one.hints.map((hint) => (
            <p key={hint.id} className="x-said">
              {hint.text}{' '}
              <span className="x-dim">
                {hint.author_name} · <RelativeTime at={hint.at} />
              </span>
            </p>
          ))}
        </section>
      ) : null}
      <section>
        <h3>{t('dialogue.history')}</h3>
        <Steps
          steps={one.history.map((step) => ({
            key: step.version,
            title: t(`event.${step.event}` as 'event.found'),
            by: step.person_name || t('side.program'),
            at: step.at,
            text: step.text,
          }))}
        />
      </section>
      {doing ? (
        <DialogueDialog
          shop={shop}
          one={one}
          deed={doing}
          onDone={() => queries.invalidateQueries({ queryKey: ['learning', shop] })}
          onClose={() => setDoing(null)}
        />
      ) : null}
    </>
  )
}
