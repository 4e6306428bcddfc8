import { Button } from 'antd'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { AddressFields } from '../shop/fields'
import { ADDRESS_PARTS, addressOf, type InForce } from './promises'

interface Values {
  address: Partial<Record<(typeof ADDRESS_PARTS)[number], string>>
}

/** Where goods go back to when a case names no other address. */
export function AddressPart({ shop, all, onDone }: { shop: string; all: readonly InForce[]; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const [editing, setEditing] = useState(false)
  const address = addressOf(all)
  const named = ADDRESS_PARTS.map((part) => address[part]).filter(Boolean)
  const send = async ({ address: given }: Values) => {
    for (const part of ADDRESS_PARTS) {
      const value = given[part]?.trim() ?? ''
      if (value === address[part]) continue
      await api.PUT('/api/v1/shops/{shop}/rulebook/{name}', {
        params: { path: { shop, name: `after_sale.return_${part}` } },
        body: { value, reason: t('promises.address_reason'), effective_from: null },
      })
    }
    await onDone()
  }
  return (
    <>
      <p style={{ overflowWrap: 'anywhere' }}>{named.length > 0 ? named.join(' · ') : t('promises.no_address')}</p>
      <Button onClick={() => setEditing(true)}>{t('ui:action.edit')}</Button>
      {editing ? (
        <FormDialog<Values> title={t('promises.address')} initial={{ address }} onSubmit={send} onClose={() => setEditing(false)}>
          <AddressFields needed />
        </FormDialog>
      ) : null}
    </>
  )
}
