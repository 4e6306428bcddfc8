import { Select } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { StateBlock } from '@/ui/StateBlock'
import { useShops } from '../wire'
import FundsPage from './FundsPage'

/** The money of any shop, for officers and administrators. */
export default function MarketFundsPage() {
  const { t } = useTranslation('ledger')
  const { shop } = useParams()
  const navigate = useNavigate()
  const { shops, isPending } = useShops()
  const chosen = shop ?? shops[0]?.id
  if (isPending && !shop) return <StateBlock state="loading" skeleton="table" />
  if (!chosen) return <StateBlock state="empty" title={t('funds.no_shop')} />
  return (
    <FundsPage
      key={chosen}
      shop={chosen}
      extra={
        <Select
          aria-label={t('funds.shop')}
          value={chosen}
          onChange={(next: string) => void navigate(`/funds/${next}`)}
          options={shops.map(({ id, name }) => ({ value: id, label: name }))}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          style={{ width: 'min(60vw, 220px)' }}
        />
      }
    />
  )
}
