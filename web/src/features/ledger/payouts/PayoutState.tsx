import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, StopOutlined, SyncOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { useTranslation } from '@/i18n/react'
import type { Payout } from '../wire'

const LOOK = {
  ordered: ['default', ClockCircleOutlined],
  paying: ['processing', SyncOutlined],
  paid: ['success', CheckCircleOutlined],
  refused: ['error', CloseCircleOutlined],
  cancelled: ['default', StopOutlined],
} as const

/** How far a payout is. */
export function PayoutState({ state }: { state: Payout['state'] }) {
  const { t } = useTranslation('ledger')
  const [color, Icon] = LOOK[state]
  return (
    <Tag color={color} icon={<Icon aria-hidden />}>
      {t(`payout.${state}`)}
    </Tag>
  )
}
