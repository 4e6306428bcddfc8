import { memo } from 'react'
import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import { CaseClock } from '../parts/CaseClock'
import { ended } from '../parts/look'
import { StateTag } from '../parts/StateTag'
import type { CaseLine } from '../parts/wire'
import { StageTag } from '../shop/StageTag'
import { mayAgree } from './board'

export interface BoardRowProps {
  line: CaseLine
  to: string
  open: boolean
  /** It no longer belongs to what one looks at, and stays quietly in its place. */
  left: boolean
  chosen: boolean
  onToggle: (id: string) => void
}

/** One case on the board. */
export const BoardRow = memo(function BoardRow({ line, to, open, left, chosen, onToggle }: BoardRowProps) {
  const { t } = useTranslation('after_sale')
  const agreeable = mayAgree(line)
  const name = `${t(`kind.${line.kind}`)} ${line.buyer_name} ${line.order_number}`
  return (
    <div className="as-row" data-open={open} data-left={left} data-stage={line.stage}>
      <span className="as-row-pick">
        {agreeable ? <input type="checkbox" checked={chosen} onChange={() => onToggle(line.id)} aria-label={t('board.choose', { name })} /> : null}
      </span>
      <span className="as-row-clock">
        {ended(line.state) ? <RelativeTime at={line.closed_at ?? line.moved_at} /> : <CaseClock line={line} short />}
      </span>
      <span className="as-row-what">
        <Link to={to} data-case={line.id} aria-current={open ? 'true' : undefined}>
          {t(`kind.${line.kind}`)}
        </Link>
        <span className="as-quiet"> {t(`reason.${line.reason}` as 'reason.quality')}</span>
        <span className="as-row-goods">
          {line.lines[0]?.title ?? ''}
          {line.lines.length > 1 ? ` +${line.lines.length - 1}` : ''}
        </span>
      </span>
      <span className="as-row-stand">
        <StateTag line={line} viewer="shop" /> <StageTag stage={line.stage} />
      </span>
      <span className="as-row-who">
        {line.buyer_name}
        <span className="as-quiet">{line.order_number}</span>
      </span>
      <span className="as-row-sum">
        <Money minor={line.refund_minor} currency={line.currency} />
      </span>
    </div>
  )
})
