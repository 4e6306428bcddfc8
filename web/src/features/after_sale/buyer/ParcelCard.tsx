import { useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import type { CaseWhole } from '../parts/wire'

/** Where the goods go back to, and the parcels of the case. */
export function ParcelCard({ whole }: { whole: CaseWhole }) {
  const { t } = useTranslation('after_sale')
  const { return_address: address, back, out } = whole
  if (!address && !back && !out) return null
  return (
    <section className="ab-card">
      <h2>{t('case.parcels')}</h2>
      <dl className="ab-facts">
        {address ? (
          <>
            <dt>{t('case.return_address')}</dt>
            <dd>
              <Copyable text={`${address.name} ${address.phone} ${address.text}`} />
            </dd>
          </>
        ) : null}
        {back ? <ParcelLine name={t('case.back')} parcel={back} /> : null}
        {out ? <ParcelLine name={t('case.out')} parcel={out} /> : null}
      </dl>
    </section>
  )
}

function ParcelLine({ name, parcel }: { name: string; parcel: NonNullable<CaseWhole['back']> }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {parcel.carrier} <Copyable text={parcel.number} />
      </dd>
    </>
  )
}
