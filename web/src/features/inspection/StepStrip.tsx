import { CheckCircleFilled, CheckCircleOutlined, MinusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api'
import { useTranslation } from '@/i18n/react'
import './inspection.css'
import { useSettled } from './useSettled'
import type { StepScore } from './wire'


interface Props {
  shop: string
  conversation: string
  /** The last message on the screen: a new one may fill a step. */
  version: number
}

/** The six steps of a good dialogue, filling themselves as the talk goes on; never in the way of it. */
export default function StepStrip({ shop, conversation, version }: Props) {
  const { t } = useTranslation('inspection')
  const [settled, setSettled] = useState(version)
  useSettled(version, setSettled)
  const query = useQuery({
    queryKey: ['inspection', shop, 'steps', conversation, settled],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/conversations/{conversation}/steps', { params: { path: { shop, conversation } }, signal }),
    placeholderData: (before) => before,
    retry: false,
  })
  const steps = query.data?.steps ?? []
  if (steps.length === 0) return null
  return (
    <ol className="in-strip" aria-label={t('strip.title')}>
      {steps.map((one) => (
        <li key={one.step} data-points={one.points ?? 'none'} title={t(`strip.${spoken(one)}`)}>
          <Mark step={one} /> {t(`step.${one.step}`)} <span className="x-heard">{t(`strip.${spoken(one)}`)}</span>
        </li>
      ))}
    </ol>
  )
}

function spoken({ points }: StepScore): 'not_called' | 'missing' | 'partly' | 'done' {
  if (points === null) return 'not_called'
  return points === 0 ? 'missing' : points === 1 ? 'partly' : 'done'
}

function Mark({ step }: { step: StepScore }) {
  if (step.points === 2) return <CheckCircleFilled aria-hidden />
  return step.points === 1 ? <CheckCircleOutlined aria-hidden /> : <MinusOutlined aria-hidden />
}
