import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { BlockClock, BlockState } from './parts'
import type { Block } from './wire'

/** A block in a list. */
export function BlockCard({ block, to, open }: { block: Block; to: string; open: boolean }) {
  const { t } = useTranslation('blocks')
  return (
    <Link className="x-card-link" to={to} aria-current={open}>
      <span className="x-card-link-head">
        <strong>{block.subject_name}</strong>
        <BlockState state={block.state} />
      </span>
      <span>
        {t(`ground.${block.ground}`)} · {t(`scope.${block.scope}`)}
      </span>
      <BlockClock block={block} short />
    </Link>
  )
}
