import { Button, Tag } from 'antd'
import { useState } from 'react'
import { api, asRefusal } from '@/api'
import { languageName } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { AddMember } from './AddMember'
import { ChangeMember } from './ChangeMember'
import { type Member, useAgents, useTeam, useTeamChanged } from './wire'

/** Who answers for the shop, what each can do and how much he takes at once. */
export default function TeamPage({ shop }: { shop: string }) {
  const { t } = useTranslation(['identity', 'ui'])
  const team = useTeam(shop)
  const agents = useAgents(shop)
  const changed = useTeamChanged(shop)
  const [adding, setAdding] = useState(false)
  const [edited, setEdited] = useState<Member | null>(null)
  const columns: readonly Column<Member>[] = [
    {
      id: 'name',
      title: t('person.name'),
      render: (one) => (
        <>
          {one.display_name} {one.disabled ? <Tag color="error">{t('person.disabled')}</Tag> : null}
          <div className="x-quiet x-small">{one.email ?? one.phone}</div>
        </>
      ),
    },
    { id: 'role', title: t('person.role'), render: (one) => <Tag>{t(`role.${one.role}`)}</Tag> },
    { id: 'capacity', title: t('team.capacity'), render: (one) => agents.get(one.person_id)?.capacity ?? '–' },
    {
      id: 'skills',
      title: t('team.skills_languages'),
      render: (one) => {
        const agent = agents.get(one.person_id)
        return [...(agent?.skills ?? []), ...(agent?.languages ?? []).map(languageName)].map((word) => <Tag key={word}>{word}</Tag>)
      },
    },
    { id: 'seen', title: t('team.seen'), render: (one) => (one.seen_at ? <RelativeTime at={one.seen_at} /> : '–') },
  ]
  return (
    <Sheet
      title={t('team.nav')}
      extra={
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('team.add')}
        </Button>
      }
    >
      <StateBlock
        state={stateOf(team, team.items.length === 0)}
        skeleton="table"
        title={t('team.none')}
        action={<Button onClick={() => setAdding(true)}>{t('team.add')}</Button>}
        error={team.isError ? asRefusal(team.error) : null}
        onRetry={team.refetch}
      >
        <Rows
          label={t('team.nav')}
          columns={columns}
          rows={team.items}
          rowKey={(one) => one.person_id}
          renderActions={(one) => (
            <>
              <Button size="small" onClick={() => setEdited(one)}>
                {t('ui:action.edit')}
              </Button>
              <SureButton
                danger
                label={t('team.remove')}
                sentence={t('team.remove_then', { name: one.display_name })}
                run={async () => {
                  await api.DELETE('/api/v1/shops/{shop}/team/{person}', { params: { path: { shop, person: one.person_id } } })
                  await changed()
                }}
              />
            </>
          )}
        />
        {team.hasMore ? (
          <Button block loading={team.isFetchingMore} onClick={team.fetchMore}>
            {t('ui:action.more')}
          </Button>
        ) : null}
      </StateBlock>
      {adding ? <AddMember shop={shop} onDone={changed} onClose={() => setAdding(false)} /> : null}
      {edited ? (
        <ChangeMember shop={shop} member={edited} agent={agents.get(edited.person_id)} onDone={changed} onClose={() => setEdited(null)} />
      ) : null}
    </Sheet>
  )
}
