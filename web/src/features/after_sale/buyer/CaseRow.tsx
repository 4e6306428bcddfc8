import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { Money } from '@/ui/Money'
import { RelativeTime } from '@/ui/RelativeTime'
import { CaseClock } from '../parts/CaseClock'
import { paysMoney } from '../parts/look'
import { StateTag, TurnWord } from '../parts/StateTag'
import type { CaseLine } from '../parts/wire'

/** A case in a list: what, where it stands, whose turn, until when. */
export function CaseRow({ line }: { line: CaseLine }) {
  const { t } = useTranslation('after_sale')
  return (
    <Link to={`/cases/${line.id}`} className="ab-item">
      <span className="ab-item-head">
        <span>{t(`kind.${line.kind}`)}</span>
        {line.refund_minor > 0 && paysMoney(line) ? <Money minor={line.refund_minor} currency={line.currency} /> : null}
      </span>
      <span className="ab-item-head">
        <StateTag line={line} viewer="buyer" />
        <span className="as-quiet">
          <TurnWord line={line} viewer="buyer" />
        </span>
      </span>
      <span className="ab-clock">
        <CaseClock line={line} />
      </span>
      <span className="ab-line as-quiet">
        <span>{line.lines[0]?.title ?? line.order_number}</span>
        <RelativeTime at={line.moved_at} />
      </span>
    </Link>
  )
}
