import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Countdown } from '@/ui/Countdown'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { FormBox } from '../parts/FormBox'
import type { JuryService } from '../parts/wire'

type Favour = 'claimant' | 'respondent'
const FAVOURS: readonly Favour[] = ['claimant', 'respondent']

interface Props {
  dispute: string
  voted: boolean
  onVoted: (service: JuryService) => void
}

/** What a juror judges by: the words of both sides without their names; never how the others voted. */
export function JuryBrief({ dispute, voted, onVoted }: Props) {
  const { t } = useTranslation('disputes')
  const [favour, setFavour] = useState<Favour | ''>('')
  const at = { params: { path: { dispute } } }
  const query = useQuery({ queryKey: ['disputes', 'jury', dispute], queryFn: ({ signal }) => api.GET('/public/v1/me/jury/{dispute}', { ...at, signal }) })
  const brief = query.data
  const vote = async () => {
    if (favour) onVoted(await api.POST('/public/v1/me/jury/{dispute}/vote', { ...at, body: { favour } }))
  }
  return (
    <StateBlock state={stateOf(query, false)} skeleton="card" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {brief ? (
        <>
          <section className="x-box">
            <h2>{t(`issue.${brief.issue as 'other'}`)}</h2>
            <Countdown due={brief.due_at} />
            <p className="x-said">{brief.claimant_words}</p>
          </section>
          <section className="x-box">
            <h2>{t('page.exhibits')}</h2>
            {brief.exhibits.length === 0 ? <p className="x-dim">{t('page.no_exhibits')}</p> : null}
            {brief.exhibits.map((one, place) => (
              // eslint-disable-next-line react/no-array-index-key -- a juror gets neither numbers nor ids
              <p key={place}>
                <strong>{t(`side.${one.side as 'claimant'}`)}</strong> · {t(`page.kind.${one.kind as 'statement'}`)} · {t(`page.weight.${one.weight as 'high'}`)}
                <br />
                <span className="x-said">{one.text}</span>
              </p>
            ))}
          </section>
          {voted ? (
            <p role="status">{t('jury.thanks')}</p>
          ) : (
            <FormBox title={t('jury.vote')} submit={t('jury.send')} ready={favour !== ''} work={vote}>
              <p>{t('jury.secret')}</p>
              {FAVOURS.map((one) => (
                <label key={one}>
                  <input type="radio" name="favour" checked={favour === one} onChange={() => setFavour(one)} /> {t(`page.stands.${one}`)}
                </label>
              ))}
            </FormBox>
          )}
        </>
      ) : null}
    </StateBlock>
  )
}
