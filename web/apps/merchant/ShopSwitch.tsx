import { Select } from 'antd'
import { useNavigate } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { usePlace, useShops } from './shops'

/** Top right: which shop one looks after; the address follows. */
export function ShopSwitch() {
  const { t } = useTranslation('identity')
  const { shops } = useShops()
  const { section, shop } = usePlace()
  const navigate = useNavigate()
  if (shops.length < 2) return <span className="x-clip">{shops[0]?.name}</span>
  return (
    <Select
      aria-label={t('shop.switch')}
      value={shop ?? undefined}
      onChange={(next: string) => void navigate(`/${section || 'live'}/${next}`)}
      options={shops.map(({ id, name }) => ({ value: id, label: name }))}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ width: 'min(38vw, 220px)' }}
    />
  )
}
