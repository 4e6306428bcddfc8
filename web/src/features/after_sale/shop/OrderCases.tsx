import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { lazily } from '@/ui/lazily'
import { HarmList } from '../parts/HarmList'
import { StateTag } from '../parts/StateTag'
import { listCases, listHarms, whyHarmed } from './server'
import './shop.css'
import { usePutCase } from './useCase'

const OpenCaseDialog = lazily(() => import('./OpenCaseDialog'))

interface Props {
  shop: string
  purchase: string
  onOpen: (id: string) => void
}

/** The cases of one order on its card, and the way to open another for the buyer. */
export function OrderCases({ shop, purchase, onOpen }: Props) {
  const { t } = useTranslation('after_sale')
  const may = useReach('cases.open') !== 'none'
  const queries = useQueryClient()
  const put = usePutCase()
  const [opening, setOpening] = useState(false)
  const key = ['after_sale', shop, 'of_order', purchase]
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => listCases(shop, { order: 'newest', purchase, limit: 10 }, signal) })
  const harmsKey = ['after_sale', shop, 'harms', purchase]
  const harms = useQuery({ queryKey: harmsKey, queryFn: ({ signal }) => listHarms(shop, purchase, signal) }).data ?? []
  return (
    <div className="as-of-order">
      <HarmList harms={harms} reader="shop" queryKey={[...harmsKey, 'why', harms.length]} load={(signal) => whyHarmed(shop, purchase, signal)} />
      {(data?.data ?? []).map((one) => (
        <button key={one.id} type="button" className="as-case-line" onClick={() => onOpen(one.id)}>
          <span className="as-case-line-head">
            {t(`kind.${one.kind}`)} <StateTag line={one} viewer="shop" />
          </span>
        </button>
      ))}
      {may ? (
        <Button size="small" onClick={() => setOpening(true)}>
          {t('shop.open_for_buyer')}
        </Button>
      ) : null}
      {opening ? (
        <OpenCaseDialog
          shop={shop}
          purchase={purchase}
          onDone={(whole) => {
            put(whole)
            void queries.invalidateQueries({ queryKey: key })
            onOpen(whole.id)
          }}
          onClose={() => setOpening(false)}
        />
      ) : null}
    </div>
  )
}
