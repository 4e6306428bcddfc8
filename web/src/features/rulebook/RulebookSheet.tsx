import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { HistoryDialog } from './HistoryDialog'
import { SetDialog } from './SetDialog'
import { ParameterName, Shown } from './Shown'
import { By, TableRows } from './TableRows'
import { useTables } from './tables'
import { type InForce, maySet, useRulebook, useSlug } from './wire'

const GROUPS = [
  'rulebook', 'rules', 'after_sale', 'instructions', 'ledger', 'sla', 'routing', 'off_hours', 'conversation', 'guard', 'file', 'session', 'visitor',
] as const
/** Domains whose name is not that of their group. */
const BELONGS: Readonly<Record<string, (typeof GROUPS)[number]>> = { return: 'after_sale', conversations: 'conversation', clocks: 'sla' }
const OTHER = 'other'
type Group = (typeof GROUPS)[number] | typeof OTHER

/** Every value a rule may ask for: what holds, the default, what it stands on, and who changed it when. */
export function RulebookSheet({ shop }: { shop: string | null }) {
  const { t } = useTranslation(['rulebook', 'ui', 'clocks'])
  const query = useRulebook(shop)
  const queries = useQueryClient()
  const [words, setWords] = useState('')
  const [edited, setEdited] = useState<InForce | null>(null)
  const [asked, setAsked] = useState<InForce | null>(null)
  const slug = useSlug(shop === null)
  const wanted = words.trim().toLowerCase()
  const shown = (query.data?.data ?? []).filter(({ parameter }) => {
    const name = t(`parameter.${parameter.name}` as 'parameter.sla.profile')
    return `${parameter.name} ${name}`.toLowerCase().includes(wanted)
  })
  const tables = useTables(shop)
  const found = (tables.data?.data ?? []).filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(wanted))
  const groups = [...GROUPS, OTHER].map((group) => ({
    group: group as Group,
    rows: shown.filter(({ parameter }) => groupOf(parameter.name) === group),
    tables: found.filter(({ name }) => groupOf(name) === group),
  }))
  return (
    <Sheet
      title={t(shop === null ? 'title_marketplace' : 'nav')}
      hint={t(shop === null ? 'hint_marketplace' : 'hint')}
      extra={
        <>
          {shop === null ? <Link to="/rules/profile">{t('profile.nav')}</Link> : null}
          {shop === null && slug ? (
            <a href={`/signin/rules/${slug}`} target="_blank" rel="noreferrer">
              {t('notices.title')}
            </a>
          ) : null}
        <Input.Search
          allowClear
          aria-label={t('ui:action.search')}
          placeholder={t('ui:action.search')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          style={{ width: 220 }}
        />
        </>
      }
    >
      <StateBlock
        state={stateOf(query, shown.length + found.length === 0)}
        skeleton="table"
        title={t('not_found')}
        hint={t('ui:state.other_words')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {groups.map(({ group, rows, tables: held }) =>
          rows.length + held.length === 0 ? null : (
            <Part key={group} title={t(`group.${group}`)}>
              {held.length > 0 ? <TableRows shop={shop} label={t(`group.${group}`)} rows={held} people={tables.data?.people ?? {}} /> : null}
              {rows.length > 0 ? (
                <Grid shop={shop} label={t(`group.${group}`)} rows={rows} people={query.data?.people ?? {}} onEdit={setEdited} onAsk={setAsked} />
              ) : null}
            </Part>
          ),
        )}
      </StateBlock>
      {edited ? (
        <SetDialog
          shop={shop}
          entry={edited}
          noticeDays={noticeDays(query.data?.data ?? [], edited)}
          onDone={() => queries.invalidateQueries({ queryKey: ['rulebook', shop] })}
          onClose={() => setEdited(null)}
        />
      ) : null}
      {asked ? <HistoryDialog shop={shop} entry={asked} onClose={() => setAsked(null)} /> : null}
    </Sheet>
  )
}

interface GridProps {
  shop: string | null
  label: string
  rows: readonly InForce[]
  people: Readonly<Record<string, string>>
  onEdit: (entry: InForce) => void
  onAsk: (entry: InForce) => void
}

function Grid({ shop, label, rows, people, onEdit, onAsk }: GridProps) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const columns: readonly Column<InForce>[] = [
    { id: 'name', title: t('column.name'), render: ({ parameter }) => <ParameterName name={parameter.name} /> },
    {
      id: 'value',
      title: t('column.value'),
      render: ({ parameter, value, source, next_from }) => (
        <span>
          <strong>
            <Shown value={value} parameter={parameter} />
          </strong>{' '}
          <Tag {...(source === 'shipped' ? {} : { color: 'blue' })}>{t(`source.${source}`)}</Tag>
          {next_from ? (
            <Tag color="warning">
              {t('changes')} <RelativeTime at={next_from} />
            </Tag>
          ) : null}
        </span>
      ),
    },
    { id: 'default', title: t('column.default'), render: ({ parameter }) => <Shown value={parameter.default} parameter={parameter} /> },
    {
      id: 'author',
      title: t('column.author'),
      render: ({ author, reason, since }) => (author ? <By name={people[author] ?? ''} reason={reason} at={since} /> : null),
    },
    { id: 'basis', title: t('column.basis'), render: ({ parameter }) => <span className="x-quiet">{parameter.basis}</span> },
  ]
  return (
    <Rows
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ parameter }) => parameter.name}
      renderActions={(entry) => (
        <>
          {maySet(shop, entry) ? (
            <Button size="small" onClick={() => onEdit(entry)}>
              {t('ui:action.edit')}
            </Button>
          ) : (
            <span className="x-quiet x-small">{t('by_marketplace')}</span>
          )}
          <Button size="small" type="text" onClick={() => onAsk(entry)}>
            {t('history')}
          </Button>
        </>
      )}
    />
  )
}

/** How long a change of this value must be public; a shop announces nothing. */
function noticeDays(all: readonly InForce[], { parameter }: InForce): number | null {
  if (!parameter.notice) return null
  const name = parameter.notice === 'major' ? 'rules.notice_days_major' : 'rules.notice_days'
  const days = all.find((one) => one.parameter.name === name)?.value
  return typeof days === 'number' ? days : null
}

function groupOf(name: string): Group {
  const domain = name.split('.')[0] ?? ''
  const head = BELONGS[domain] ?? domain
  return GROUPS.find((group) => group === head) ?? OTHER
}
