import { ExclamationCircleOutlined } from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { type Carried, SentWithProof } from '@/ui/SentWithProof'
import { Why } from '@/ui/Why'
import type { Verdict } from './findings'
import './guard.css'

export interface MarkedProps {
  guard: { verdict: Verdict; findings: readonly { kind: string; basis: string; row: string }[]; overridden: readonly Carried[] }
}

/** What the guard let through and marked: abuse by a buyer, a hint to an agent, words sent with a proof. */
export default function Marked({ guard }: MarkedProps) {
  const { t } = useTranslation('guard')
  const first = guard.findings[0]
  const kinds = [...new Set(guard.findings.map((finding) => t(`kind.${finding.kind as 'abuse'}`)))].join(', ')
  return (
    <>
      {first ? (
        <span className="xg-marked">
          <ExclamationCircleOutlined aria-hidden /> {kinds}
          <Why outcome={kinds} row={first.row} basis={first.basis} inputs={[{ label: t('desk.kind'), value: kinds }]} />
        </span>
      ) : null}
      <SentWithProof proofs={guard.overridden} />
    </>
  )
}
