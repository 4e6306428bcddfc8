import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import type { CaseWhole } from '../parts/wire'
import { agreeWay } from './amounts'
import { AddressFields, WordsField } from './fields'
import { type Address, agree, getStandingAddress, putAddress } from './server'

interface Props {
  one: CaseWhole
  onDone: (whole: CaseWhole) => void
  onClose: () => void
}

/** The address goods go back to: the case's own, else the standing one; undefined while it is being asked. */
function useAddress(one: CaseWhole): Address | null | undefined {
  const query = useQuery({
    queryKey: ['after_sale', one.shop_id, 'standing_address'],
    queryFn: ({ signal }) => getStandingAddress(one.shop_id, signal),
    enabled: one.return_address === null,
  })
  if (one.return_address) return one.return_address
  return query.isPending ? undefined : (query.data ?? null)
}

interface Values {
  address?: Partial<Address>
  text?: string
}

/** Agreeing to goods that come to the shop: where to. */
export function AgreeDialog({ one, onDone, onClose }: Props) {
  const { t } = useTranslation('after_sale')
  const address = useAddress(one)
  if (address === undefined) return null
  const send = async ({ address: given, text = '' }: Values) => {
    onDone(await agree({ shop: one.shop_id, case: one.id }, text.trim(), whole(given)))
  }
  const way = agreeWay(one)
  return (
    <FormDialog<Values>
      title={t(`shop.agree.${way}`)}
      submit={t(`shop.agree.${way}`)}
      initial={address ? { address } : {}}
      onSubmit={send}
      onClose={onClose}
    >
      <p className="as-quiet">{t('shop.agree_address_hint')}</p>
      <AddressFields needed />
      <WordsField label={t('shop.words')} />
    </FormDialog>
  )
}

/** Where the goods go back to, once more. */
export function AddressDialog({ one, onDone, onClose }: Props) {
  const { t } = useTranslation('after_sale')
  const address = useAddress(one)
  if (address === undefined) return null
  const send = async ({ address: given }: Values) => {
    const named = whole(given)
    if (named) onDone(await putAddress({ shop: one.shop_id, case: one.id }, named))
  }
  return (
    <FormDialog<Values> title={t('deed.return_address')} initial={address ? { address } : {}} onSubmit={send} onClose={onClose}>
      <AddressFields needed />
    </FormDialog>
  )
}

function whole(address: Partial<Address> | undefined): Address | null {
  const [name = '', phone = '', text = ''] = [address?.name, address?.phone, address?.text].map((one) => one?.trim())
  return name && phone && text ? { name, phone, text } : null
}
