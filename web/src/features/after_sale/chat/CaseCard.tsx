/** @jsxImportSource preact */
import i18next from 'i18next'
import { Left, useWords } from '@/ui/chatParts'
import { formatMoney } from '@/ui/money'
import { type CaseFacts, caseOf, isNewest } from './card'

type Body = Readonly<Record<string, unknown>>

export interface CaseCardOptions {
  /** By the server's clock. */
  now: () => number
  /** Opens the case on this page; without it the card leads to the buyer's pages in another window. */
  open?: (id: string) => void
}

/** How the chat draws a card of after-sale; null for cards that are not ours. */
export function caseCards(options: CaseCardOptions) {
  return (body: Body, all: readonly Body[]) => {
    const card = caseOf(body)
    return card && <CaseCard card={card} live={isNewest(card, all)} {...options} />
  }
}

/** A case in the conversation: what happened; the newest card also says where it stands and until when. */
function CaseCard({ card, live, now, open }: { card: CaseFacts; live: boolean } & CaseCardOptions) {
  const t = i18next.t
  const ready = useWords('after_sale')
  if (!ready) return <span class="k-quiet">{card.title}</span>
  const address = `/buyer/cases/${card.id}`
  return (
    <div class="k-card">
      <strong>
        {t(`after_sale:kind.${card.case_kind}` as 'after_sale:kind.repair')}
        {card.amount_minor > 0 ? ` ${formatMoney(card.amount_minor, card.currency, i18next.language)}` : ''}
      </strong>
      <span>{card.title}</span>
      <span>{t(`after_sale:event.${card.event}` as 'after_sale:event.paid')}</span>
      {live ? (
        <>
          <span>{t(`after_sale:state.${card.state}` as 'after_sale:state.done')}</span>
          {card.due_at ? <Left due={Date.parse(card.due_at)} now={now} /> : null}
          <a
            class="k-link"
            href={address}
            {...(open ? {} : { target: '_blank', rel: 'noreferrer' })}
            onClick={(event) => {
              if (!open || event.metaKey || event.ctrlKey) return
              event.preventDefault()
              open(card.id)
            }}
          >
            {t('after_sale:card.open')}
          </a>
        </>
      ) : null}
    </div>
  )
}
