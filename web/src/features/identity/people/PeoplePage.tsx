import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { type Answer, api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { MoreRows } from '@/ui/MoreRows'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { PasswordDialog } from './PasswordDialog'
import { PersonDialog } from './PersonDialog'

export type Person = Answer<'/platform/v1/people', 'get'>['data'][number]
type Shown = { what: 'person'; person: Person | null } | { what: 'password'; person: Person }

/** Everybody of the marketplace: colleagues by a part of their name, buyers by what is exactly theirs. */
export default function PeoplePage() {
  const { t } = useTranslation(['identity', 'ui'])
  const [kind, setKind] = useState<'staff' | 'buyer'>('staff')
  const [q, setQ] = useState('')
  const [shown, setShown] = useState<Shown | null>(null)
  const queries = useQueryClient()
  const changed = () => queries.invalidateQueries({ queryKey: ['platform', 'people'] })
  const shops = useQuery({
    queryKey: ['platform', 'shops', 'choice'],
    queryFn: ({ signal }) => api.GET('/platform/v1/shops', { params: { query: { limit: 200 } }, signal }),
  }).data?.data
  const people = useCursorPages<Person>(['platform', 'people', kind, q], (after, signal) =>
    api.GET('/platform/v1/people', {
      params: { query: { kind, limit: 50, ...(q ? { q } : {}), ...(after ? { starting_after: after } : {}) } },
      signal,
    }),
  )
  const able = async (person: Person) => {
    await api.PATCH('/platform/v1/people/{person}', { params: { path: { person: person.id } }, body: { disabled: !person.disabled_at } })
    await changed()
  }
  const columns: readonly Column<Person>[] = [
    {
      id: 'name',
      title: t('person.name'),
      render: (one) => (
        <>
          <strong>{one.display_name}</strong> {one.disabled_at ? <Tag color="error">{t('person.disabled')}</Tag> : null}
          <div className="x-quiet x-small x-whole">{[one.email, one.phone].filter(Boolean).join(' · ')}</div>
        </>
      ),
    },
    {
      id: 'roles',
      title: t('person.role'),
      render: (one) =>
        one.memberships?.map(({ role, shop_id }) => (
          <Tag key={`${role} ${shop_id}`}>
            {t(`role.${role}`)}
            {shop_id ? ` · ${shops?.find((shop) => shop.id === shop_id)?.name ?? shop_id.slice(-8)}` : null}
          </Tag>
        )),
    },
  ]
  const actions = (one: Person) => (
    <>
      {kind === 'staff' ? (
        <>
          <Button size="small" onClick={() => setShown({ what: 'person', person: one })}>
            {t('ui:action.edit')}
          </Button>
          <Button size="small" onClick={() => setShown({ what: 'password', person: one })}>
            {t('people.password')}
          </Button>
        </>
      ) : null}
      <SureButton
        label={t('people.sign_out')}
        sentence={t('people.sign_out_then', { name: one.display_name })}
        run={() => api.POST('/platform/v1/people/{person}/sign-out-everywhere', { params: { path: { person: one.id } } })}
      />
      <SureButton
        danger={!one.disabled_at}
        label={one.disabled_at ? t('people.enable') : t('people.disable')}
        sentence={one.disabled_at ? t('people.enable_then', { name: one.display_name }) : t('people.disable_then', { name: one.display_name })}
        run={() => able(one)}
      />
    </>
  )
  return (
    <Sheet
      title={t('people.nav')}
      extra={
        <>
          <Segmented
            value={kind}
            onChange={setKind}
            options={[
              { value: 'staff', label: t('people.staff') },
              { value: 'buyer', label: t('people.buyers') },
            ]}
          />
          <Input.Search allowClear aria-label={t('ui:action.search')} placeholder={t('ui:action.search')} onSearch={setQ} style={{ width: 200 }} />
          <Button type="primary" onClick={() => setShown({ what: 'person', person: null })}>
            {t('people.add')}
          </Button>
        </>
      }
    >
      <StateBlock
        state={stateOf(people, people.items.length === 0)}
        skeleton="table"
        title={t('people.none')}
        hint={kind === 'buyer' ? t('people.buyers_hint') : t('ui:state.other_words')}
        error={people.isError ? asRefusal(people.error) : null}
        onRetry={people.refetch}
      >
        <Rows label={t('people.nav')} columns={columns} rows={people.items} rowKey={(one) => one.id} renderActions={actions} />
        <MoreRows pages={people} />
      </StateBlock>
      {shown?.what === 'person' ? (
        <PersonDialog person={shown.person} shops={shops ?? []} onDone={changed} onClose={() => setShown(null)} />
      ) : null}
      {shown?.what === 'password' ? <PasswordDialog person={shown.person} onClose={() => setShown(null)} /> : null}
    </Sheet>
  )
}
