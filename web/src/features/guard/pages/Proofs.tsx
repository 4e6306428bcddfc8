import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { asRefusal, useCursorPages, useReach } from '@/api'
import { useTranslation } from '@/i18n/react'
import { FormDialog } from '@/ui/FormDialog'
import { StandWord } from '@/ui/Matter'
import { MoreRows } from '@/ui/MoreRows'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Rows } from '@/ui/Rows'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Paper } from './Paper'
import { endProof, type ProofLine, proofs } from './wire'

const KEY = ['guard', 'proofs'] as const

/** The proofs a shop has on file: what they prove, until when, who filed them. */
export function Proofs({ shop }: { shop: string }) {
  const { t } = useTranslation('objections')
  const queries = useQueryClient()
  const mayEnd = useReach('guard.proofs_end') !== 'none'
  const [ending, setEnding] = useState<string | null>(null)
  const pages = useCursorPages<ProofLine>([...KEY, shop], (after, signal) => proofs(shop, after, signal))
  const columns: readonly Column<ProofLine>[] = [
    { id: 'words', title: t('proof.words'), render: ({ proof }) => <strong>{proof.words}</strong> },
    { id: 'sort', title: t('proof.sort'), render: ({ proof }) => t(`sort.${proof.sort}`) },
    { id: 'reference', title: t('proof.reference'), render: ({ proof, file_url }) => <>{proof.reference} {proof.file ? <Paper file={proof.file} url={file_url ?? null} /> : null}</> },
    { id: 'reason', title: t('proof.reason'), render: ({ proof }) => proof.ended_why ?? proof.reason },
    { id: 'who', title: t('proof.who'), render: (line) => line.person_name },
    { id: 'ends', title: t('proof.ends'), render: ({ proof }) => <RelativeTime at={proof.ended_at ?? proof.ends} /> },
    { id: 'holds', title: t('proof.state'), render: (line) => <StandWord look={line.holds ? 'settled' : 'over'}>{t(line.holds ? 'proof.holds' : 'proof.over')}</StandWord> },
  ]
  return (
    <StateBlock
      state={stateOf(pages, pages.items.length === 0)}
      skeleton="table"
      title={t('proof.none_filed')}
      error={pages.isError ? asRefusal(pages.error) : null}
      onRetry={() => void pages.refetch()}
    >
      <Rows
        label={t('part.proofs')}
        columns={columns}
        rows={pages.items}
        rowKey={(line) => line.proof.id}
        renderActions={(line) =>
          line.holds && mayEnd ? (
            <Button size="small" onClick={() => setEnding(line.proof.id)}>
              {t('proof.end')}
            </Button>
          ) : null
        }
      />
      <MoreRows pages={pages} />
      {ending ? (
        <FormDialog<{ reason: string }>
          title={t('proof.end')}
          submit={t('proof.end')}
          onSubmit={async ({ reason }) => {
            await endProof(shop, ending, reason)
            await queries.invalidateQueries({ queryKey: KEY })
          }}
          onClose={() => setEnding(null)}
        >
          <p>{t('proof.end_hint')}</p>
          <Form.Item name="reason" label={t('decision.reason')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
    </StateBlock>
  )
}
