import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { formatMoney } from '@/ui/money'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { useKept } from '@/ui/useKept'
import { FormBox } from '../parts/FormBox'
import { type Bench, type Draft, OUTCOMES, WITH_MONEY } from '../parts/wire'
import { type Edited, editedFrom, type EditedIssue, notProved, wishOf } from './draft'

interface Props {
  one: Bench
  onRuled: (bench: Bench) => void
  onClose: () => void
}

/** The ruling: a draft assembled from facts and cited rows, for a person to change and to sign. */
export function RulingEditor(props: Props) {
  const query = useQuery({
    queryKey: ['disputes', 'people', props.one.id, 'draft', props.one.version],
    queryFn: ({ signal }) => api.GET('/platform/v1/disputes/{dispute}/draft', { params: { path: { dispute: props.one.id } }, signal }),
    staleTime: Number.POSITIVE_INFINITY, // what is being written is never replaced under the writer
  })
  return (
    <StateBlock state={stateOf(query, false)} skeleton="form" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
      {query.data ? <Editor {...props} draft={query.data} /> : null}
    </StateBlock>
  )
}

function Editor({ one, draft, onRuled, onClose }: Props & { draft: Draft }) {
  const { t } = useTranslation('disputes')
  // What was written outlives a reload and a lost session; another version of the matter begins anew.
  const [edited, setEdited, forget] = useKept(`ruling.${one.id}.${one.version}`, () => editedFrom(draft, one.currency))
  const change = (next: Partial<Edited>) => setEdited((now) => ({ ...now, ...next }))
  const wish = wishOf(edited, one)
  const send = async () => {
    if (!wish) return
    const ruled = await api.POST('/platform/v1/disputes/{dispute}/rule', { params: { path: { dispute: one.id } }, body: wish })
    forget()
    onRuled(ruled)
  }
  const changeIssue = (id: string, next: Partial<EditedIssue>) =>
    change({ issues: edited.issues.map((issue) => (issue.issue === id ? { ...issue, ...next } : issue)) })
  const toggle = (id: string) =>
    change({ unused: edited.unused[id] === undefined ? { ...edited.unused, [id]: '' } : Object.fromEntries(Object.entries(edited.unused).filter(([key]) => key !== id)) })
  return (
    <FormBox title={t('deed.rule')} submit={t('page.sign')} ready={wish !== null} work={send} onClose={onClose}>
      <Button onClick={() => setEdited(notProved)}>{t('page.not_enough')}</Button>
      {edited.issues.map((issue) => (
        <IssueFields key={issue.issue} one={one} issue={issue} onChange={(next) => changeIssue(issue.issue, next)} />
      ))}
      <label>
        {t('page.facts_lines')}
        <Input.TextArea rows={5} value={edited.facts} onChange={(event) => change({ facts: event.target.value })} />
      </label>
      {one.exhibits.length > 0 ? <span className="x-label">{t('page.exhibits')}</span> : null}
      {one.exhibits.map((exhibit) => (
        <div key={exhibit.id}>
          <label>
            <input type="checkbox" checked={edited.unused[exhibit.id] === undefined} onChange={() => toggle(exhibit.id)} /> #{exhibit.number}{' '}
            {t(`page.kind.${exhibit.kind as 'statement'}`)} <span className="x-dim">{t(`page.weight.${exhibit.weight as 'high'}`)}</span>
          </label>
          {edited.unused[exhibit.id] === undefined ? null : (
            <Input
              aria-label={t('page.why_not')}
              placeholder={t('page.why_not')}
              value={edited.unused[exhibit.id] ?? ''}
              onChange={(event) => change({ unused: { ...edited.unused, [exhibit.id]: event.target.value } })}
            />
          )}
        </div>
      ))}
      <label>
        {t('page.freight')}
        <Input inputMode="decimal" autoComplete="off" suffix={one.currency} value={edited.freight} onChange={(event) => change({ freight: event.target.value })} />
      </label>
      {one.kind === 'complaint' ? <PenaltyFields edited={edited} onChange={change} /> : null}
      <label>
        {t('page.text')}
        <Input.TextArea rows={4} maxLength={4_000} value={edited.text} onChange={(event) => change({ text: event.target.value })} />
      </label>
      <details>
        <summary>{t('page.rows')}</summary>
        <ul>
          {draft.rows.map((row, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- the pieces of one answer never move
            <li key={place}>
              {row.sentence} <code>{row.row}</code> <span className="x-dim">{row.basis}</span>
            </li>
          ))}
        </ul>
      </details>
      <Effects one={one} edited={edited} />
    </FormBox>
  )
}

function IssueFields({ one, issue, onChange }: { one: Bench; issue: EditedIssue; onChange: (next: Partial<EditedIssue>) => void }) {
  const { t } = useTranslation('disputes')
  const claim = one.claims.find((row) => row.issue.id === issue.issue)
  return (
    <fieldset className="x-box x-form">
      <legend>{claim ? t(`issue.${claim.issue.issue}`) : ''}</legend>
      <label>
        {t('page.outcome')}
        <select className="x-native" value={issue.outcome} onChange={(event) => onChange({ outcome: event.target.value as EditedIssue['outcome'] })}>
          {OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t(`outcome.${outcome}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('page.favour')}
        <select className="x-native" value={issue.favour} onChange={(event) => onChange({ favour: event.target.value as EditedIssue['favour'] })}>
          {(['claimant', 'respondent', 'none'] as const).map((favour) => (
            <option key={favour} value={favour}>
              {t(`page.stands.${favour}`)}
            </option>
          ))}
        </select>
      </label>
      {WITH_MONEY.has(issue.outcome) ? (
        <label>
          {t('page.amount')}
          <Input inputMode="decimal" autoComplete="off" suffix={one.currency} value={issue.amount} onChange={(event) => onChange({ amount: event.target.value })} />
        </label>
      ) : null}
      <label>
        {t('page.reason')}
        <Input.TextArea rows={2} value={issue.text ?? ''} onChange={(event) => onChange({ text: event.target.value })} />
      </label>
    </fieldset>
  )
}

function PenaltyFields({ edited, onChange }: { edited: Edited; onChange: (next: Partial<Edited>) => void }) {
  const { t } = useTranslation('disputes')
  return (
    <>
      <label>
        {t('page.offence')}
        <select className="x-native" value={edited.offence} onChange={(event) => onChange({ offence: event.target.value as Edited['offence'] })}>
          <option value="">{t('page.no_penalty')}</option>
          <option value="abuse">{t('page.offences.abuse')}</option>
        </select>
      </label>
      {edited.offence ? (
        <label>
          {t('page.grade')}
          <select className="x-native" value={edited.grade} onChange={(event) => onChange({ grade: event.target.value as Edited['grade'] })}>
            {(['general', 'serious', 'especially_serious'] as const).map((grade) => (
              <option key={grade} value={grade}>
                {t(`page.grades.${grade}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </>
  )
}

/** What signing does, before it is signed. */
function Effects({ one, edited }: { one: Bench; edited: Edited }) {
  const { t, i18n } = useTranslation('disputes')
  const wish = wishOf(edited, one)
  if (!wish) return <p className="x-dim">{t('page.incomplete')}</p>
  const freight = wish.money?.[0]
  return (
    <section aria-label={t('page.effects')}>
      <h3>{t('page.effects')}</h3>
      <ul>
        {wish.issues.map((issue) => (
          <li key={issue.issue}>
            {t(`outcome.${issue.outcome}`)} {issue.amount_minor ? formatMoney(issue.amount_minor, one.currency, i18n.language) : null}
          </li>
        ))}
        {freight ? <li>{t('page.money.freight')} {formatMoney(freight.amount_minor, one.currency, i18n.language)}</li> : null}
        {wish.penalty ? <li>{t('page.penalty_then', { grade: t(`page.grades.${wish.penalty.grade as 'general'}`), name: one.respondent.name })}</li> : null}
      </ul>
    </section>
  )
}
