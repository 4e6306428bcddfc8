import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { type Answer, api, asRefusal, useCursorPages } from '@/api'
import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { FormDialog } from '@/ui/FormDialog'
import { ManySelect } from '@/ui/ManySelect'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { SureButton } from '@/ui/SureButton'
import { Trouble } from '@/ui/Trouble'

type Token = Answer<'/platform/v1/tokens', 'get'>['data'][number]

/** The keys by which programs come in. */
export default function TokensPage() {
  const { t } = useTranslation(['identity', 'ui'])
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const queries = useQueryClient()
  const changed = () => queries.invalidateQueries({ queryKey: ['platform', 'tokens'] })
  const tokens = useCursorPages<Token>(['platform', 'tokens'], (after, signal) =>
    api.GET('/platform/v1/tokens', { params: { query: { limit: 50, ...(after ? { starting_after: after } : {}) } }, signal }),
  )
  const columns: readonly Column<Token>[] = [
    { id: 'name', title: t('shops.name'), render: (one) => <strong>{one.name}</strong> },
    { id: 'scopes', title: t('tokens.scopes'), render: (one) => one.scopes.map((scope) => <Tag key={scope}>{scope}</Tag>) },
    { id: 'used', title: t('tokens.used'), render: (one) => (one.last_used_at ? <RelativeTime at={one.last_used_at} /> : t('tokens.never')) },
    { id: 'expires', title: t('tokens.expires'), render: (one) => (one.expires_at ? <RelativeTime at={one.expires_at} /> : t('tokens.no_end')) },
  ]
  return (
    <Sheet
      title={t('tokens.nav')}
      hint={t('tokens.hint')}
      extra={
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('tokens.add')}
        </Button>
      }
    >
      <StateBlock
        state={stateOf(tokens, tokens.items.length === 0)}
        skeleton="table"
        title={t('tokens.none')}
        hint={t('tokens.none_hint')}
        action={<Button onClick={() => setAdding(true)}>{t('tokens.add')}</Button>}
        error={tokens.isError ? asRefusal(tokens.error) : null}
        onRetry={tokens.refetch}
      >
        <Rows
          label={t('tokens.nav')}
          columns={columns}
          rows={tokens.items}
          rowKey={(one) => one.id}
          renderActions={(one) => (
            <SureButton
              danger
              label={t('tokens.revoke')}
              sentence={t('tokens.revoke_then', { name: one.name })}
              run={async () => {
                await api.DELETE('/platform/v1/tokens/{token}', { params: { path: { token: one.id } } })
                await changed()
              }}
            />
          )}
        />
        <MoreRows pages={tokens} />
      </StateBlock>
      {adding ? (
        <AddToken
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setSecret(made)
            void changed()
          }}
        />
      ) : null}
      <Modal open={secret !== null} title={t('tokens.secret')} onCancel={() => setSecret(null)} footer={null} mask={{ closable: false }}>
        <Alert type="warning" showIcon title={t('tokens.once')} style={{ marginBottom: 12 }} />
        {secret ? (
          <Copyable text={secret}>
            <code style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{secret}</code>
          </Copyable>
        ) : null}
      </Modal>
    </Sheet>
  )
}

interface Values {
  name: string
  scopes: string[]
  until?: string
}

function AddToken({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { t } = useTranslation(['identity', 'ui'])
  const offered = useQuery({
    queryKey: ['platform', 'token-scopes'],
    queryFn: ({ signal }) => api.GET('/platform/v1/token-scopes', { signal }),
  })
  const make = async ({ name, scopes, until }: Values) => {
    const made = await api.POST('/platform/v1/tokens', { body: { name, scopes, expires_at: until ? new Date(until).toISOString() : null } })
    onMade(made.secret)
  }
  const needed = [{ required: true, message: t('ui:form.needed') }]
  return (
    <FormDialog<Values> title={t('tokens.add')} submit={t('tokens.add')} onSubmit={make} onClose={onClose}>
      <Form.Item name="name" label={t('shops.name')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      {offered.isError ? <Trouble error={offered.error} /> : null}
      <Form.Item name="scopes" label={t('tokens.scopes')} rules={needed}>
        <ManySelect
          loading={offered.isPending}
          options={(offered.data ?? []).map(({ scope, deeds }) => ({ value: scope, label: scope, title: deeds.join(', ') }))}
        />
      </Form.Item>
      <Form.Item name="until" label={t('tokens.expires')} extra={t('tokens.no_end_hint')}>
        <Input type="datetime-local" style={{ width: 220 }} />
      </Form.Item>
    </FormDialog>
  )
}
