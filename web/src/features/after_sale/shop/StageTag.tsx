import { AlertOutlined, WarningOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { useTranslation } from '@/i18n/react'

/** How urgent the present clock is: warned, or with the supervisor; nothing while there is time. */
export function StageTag({ stage }: { stage: number }) {
  const { t } = useTranslation('after_sale')
  if (stage !== 1 && stage !== 2) return null
  const Icon = stage === 2 ? AlertOutlined : WarningOutlined
  return (
    <Tag color={stage === 2 ? 'error' : 'warning'} icon={<Icon aria-hidden />}>
      {t(`stage.${stage}`)}
    </Tag>
  )
}
