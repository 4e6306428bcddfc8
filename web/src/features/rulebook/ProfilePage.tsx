import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { useNow } from '@/ui/serverClock'
import { Part, Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { firstStart, localTime } from './model/draft'
import { Shown } from './Shown'
import type { Profiles } from './tables'
import type { Value } from './wire'

type Profile = Profiles['data'][number]

/** The set of rules a marketplace starts from, and what another would change. */
export default function ProfilePage() {
  const { t } = useTranslation('rulebook')
  const query = useQuery({ queryKey: ['profiles'], queryFn: ({ signal }) => api.GET('/platform/v1/profiles', { signal }) })
  const [asked, setAsked] = useState<Profile | null>(null)
  const [choosing, setChoosing] = useState<Profile | null>(null)
  const columns: readonly Column<Profile>[] = [
    { id: 'name', title: t('profile.nav'), render: ({ title, name }) => <span>{title} <code className="x-small">{name}</code></span> },
    {
      id: 'state',
      title: t('table.in_force'),
      render: ({ in_force, effective_from }) =>
        in_force ? <Tag color="blue">{t('profile.in_force')}</Tag> : effective_from ? <Tag color="warning">{t('changes')} <RelativeTime at={effective_from} /></Tag> : null,
    },
  ]
  return (
    <Sheet title={t('profile.nav')} hint={t('profile.hint')} extra={<Link to="/rules">{t('table.back')}</Link>}>
      <StateBlock state={stateOf(query, false)} skeleton="table" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        <Rows
          label={t('profile.nav')}
          columns={columns}
          rows={query.data?.data ?? []}
          rowKey={({ name }) => name}
          renderActions={(one) =>
            one.in_force ? null : (
              <Button size="small" onClick={() => setAsked(one)}>
                {t('profile.preview')}
              </Button>
            )
          }
        />
      </StateBlock>
      {asked ? <Preview profile={asked} onChoose={() => setChoosing(asked)} /> : null}
      {choosing ? <ChooseDialog profile={choosing} days={query.data?.notice_days ?? 0} onClose={() => setChoosing(null)} /> : null}
    </Sheet>
  )
}

function Preview({ profile, onChoose }: { profile: Profile; onChoose: () => void }) {
  const { t } = useTranslation('rulebook')
  const query = useQuery({
    queryKey: ['profiles', profile.name],
    queryFn: ({ signal }) => api.GET('/platform/v1/profiles/{profile}', { params: { path: { profile: profile.name } }, signal }),
  })
  const found = query.data
  const columns: readonly Column<NonNullable<typeof found>['values'][number]>[] = [
    { id: 'name', title: t('column.name'), render: ({ title, name }) => <span>{title}<div className="x-small"><code>{name}</code></div></span> },
    { id: 'before', title: t('what_if.before'), render: ({ before }) => <Shown value={before as Value} /> },
    { id: 'after', title: t('what_if.after'), render: ({ after }) => <Shown value={after as Value} /> },
  ]
  const tables: readonly Column<NonNullable<typeof found>['tables'][number]>[] = [
    { id: 'name', title: t('table.one'), render: ({ title, name }) => <Link to={`/rules/tables/${name}`}>{title}</Link> },
    { id: 'rows', title: t('profile.rows'), render: ({ rows }) => rows.map(({ row, change }) => <Tag key={row}>{row}: {t(`diff.${change}`)}</Tag>) },
  ]
  return (
    <Part title={t('profile.changes', { name: profile.title })} extra={<Button type="primary" onClick={onChoose}>{t('profile.choose')}</Button>}>
      <StateBlock state={stateOf(query, false)} skeleton="table" error={query.isError ? asRefusal(query.error) : null} onRetry={() => void query.refetch()}>
        {found && found.values.length + found.tables.length === 0 ? <p className="x-quiet">{t('diff.none')}</p> : null}
        {found && found.values.length > 0 ? <Rows label={t('profile.values')} columns={columns} rows={found.values} rowKey={({ name }) => name} /> : null}
        {found && found.tables.length > 0 ? <Rows label={t('table.one')} columns={tables} rows={found.tables} rowKey={({ name }) => name} /> : null}
      </StateBlock>
    </Part>
  )
}

interface Choice {
  reason: string
  from?: string
}

function ChooseDialog({ profile, days, onClose }: { profile: Profile; days: number; onClose: () => void }) {
  const { t } = useTranslation(['rulebook', 'ui'])
  const queries = useQueryClient()
  const now = new Date(useNow(60_000))
  const save = async ({ reason, from }: Choice) => {
    await api.PUT('/platform/v1/profile', { body: { profile: profile.name, reason: reason.trim(), effective_from: from ? new Date(from).toISOString() : null } })
    await Promise.all([['profiles'], ['tables'], ['rulebook']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  return (
    <FormDialog<Choice> title={profile.title} submit={t('publish.do')} initial={days > 0 ? { from: localTime(firstStart(now, days)) } : {}} onSubmit={save} onClose={onClose}>
      <p>{t('publish.notice', { days })}</p>
      <Form.Item name="reason" label={t('reason')} rules={[{ required: true, whitespace: true, message: t('ui:form.needed') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="from" label={t('effective_from')} extra={t('effective_now')}>
        <Input type="datetime-local" style={{ width: 220 }} />
      </Form.Item>
    </FormDialog>
  )
}
