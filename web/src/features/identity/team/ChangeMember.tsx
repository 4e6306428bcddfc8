import { Form, InputNumber, Select } from 'antd'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { LanguagePicker } from '@/ui/LanguagePicker'
import { RoleChoice } from './AddMember'
import type { Agent, Member, ShopRole } from './wire'

interface Values {
  role: ShopRole
  capacity?: number
  skills?: string[]
  languages?: string[]
}

interface Props {
  shop: string
  member: Member
  agent: Agent | undefined
  onDone: () => Promise<void>
  onClose: () => void
}

/** His role, and for those who take consultations: how many at once, which and in what languages. */
export function ChangeMember({ shop, member, agent, onDone, onClose }: Props) {
  const { t } = useTranslation('identity')
  const params = { path: { shop, person: member.person_id } }
  const change = async ({ role, capacity, skills, languages }: Values) => {
    if (role !== member.role) await api.PATCH('/api/v1/shops/{shop}/team/{person}', { params, body: { role } })
    if (agent)
      await api.PATCH('/api/v1/shops/{shop}/agents/{person}', {
        params,
        body: { capacity: capacity ?? null, skills: skills ?? [], languages: languages ?? [] },
      })
    await onDone()
  }
  const initial = agent
    ? { role: member.role, capacity: agent.capacity, skills: agent.skills, languages: agent.languages }
    : { role: member.role }
  return (
    <FormDialog<Values> title={member.display_name} initial={initial} onSubmit={change} onClose={onClose}>
      <RoleChoice />
      {agent ? (
        <>
          <Form.Item name="capacity" label={t('team.capacity')} extra={t('team.capacity_hint')}>
            <InputNumber min={0} max={200} precision={0} />
          </Form.Item>
          <Form.Item name="skills" label={t('team.skills')} extra={t('team.skills_hint')}>
            <Select mode="tags" tokenSeparators={[',', '，', '、']} maxCount={30} open={false} suffixIcon={null} />
          </Form.Item>
          <Form.Item name="languages" label={t('team.languages')}>
            <LanguagePicker several />
          </Form.Item>
        </>
      ) : null}
    </FormDialog>
  )
}
