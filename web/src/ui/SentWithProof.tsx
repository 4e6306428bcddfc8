import { FileProtectOutlined } from '@ant-design/icons'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from './RelativeTime'
import { Why } from './Why'

export interface Carried {
  row: string
  override_row: string
  sort: 'award' | 'figures' | 'grade' | 'insurance' | 'name' | 'source'
  words: string
  reference: string
  reason: string
  file_name: string
  ends?: string
}

const LOOK = { display: 'inline-flex', flexWrap: 'wrap', gap: 4, alignItems: 'center', fontSize: 12, overflowWrap: 'anywhere' } as const

/** At a message: it went out with these proofs, which they are, and why. */
export function SentWithProof({ proofs }: { proofs: readonly Carried[] }) {
  const { t } = useTranslation('objections')
  return proofs.map((proof) => {
    const what = `${t(`sort.${proof.sort}`)} ${proof.reference || proof.file_name}`
    const inputs = [
      { label: t('proof.words'), value: <q>{proof.words}</q> },
      { label: t('proof.reason'), value: proof.reason },
      ...(proof.file_name ? [{ label: t('sent.file'), value: proof.file_name }] : []),
      { label: t('sent.held_by'), value: <code>{proof.row}</code> },
      ...(proof.ends ? [{ label: t('proof.ends'), value: <RelativeTime at={proof.ends} /> }] : []),
    ]
    return (
      <span key={`${proof.override_row} ${proof.reference} ${proof.file_name}`} style={LOOK}>
        <FileProtectOutlined aria-hidden /> {t('sent.with_proof', { what })}
        <Why outcome={t('sent.outcome')} row={proof.override_row} basis="L-120" inputs={inputs} />
      </span>
    )
  })
}
