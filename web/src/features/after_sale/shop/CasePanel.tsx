import { useQueryClient } from '@tanstack/react-query'
import { Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { asRefusal } from '@/api'
import { useLanguage, useTranslation } from '@/i18n/react'
import { Copyable } from '@/ui/Copyable'
import { lazily } from '@/ui/lazily'
import { formatMoney } from '@/ui/money'
import { type ActionLook } from '@/ui/nextActions'
import { NextActions } from '@/ui/NextActions'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import { Trouble } from '@/ui/Trouble'
import { CaseClock } from '../parts/CaseClock'
import { StateTag, TurnWord } from '../parts/StateTag'
import type { CaseWhole } from '../parts/wire'
import { agreeWay } from './amounts'
import { CaseFacts } from './CaseFacts'
import { hidden, primaryDeed, type ShopDeed } from './deeds'
import type { DialogDeed } from './DeedDialog'
import { StageTag } from './StageTag'
import { type At, agree, arrived, repaid } from './server'
import './shop.css'
import { caseKey, useCase, usePutCase } from './useCase'

const DeedDialog = lazily(() => import('./DeedDialog'))

export interface CasePanelProps extends At {
  /** Right of the title: a way back, a way to the conversation. */
  extra?: ReactNode
  onMoved?: (whole: CaseWhole) => void
}

/** One case for the shop's people: where it stands, until when, what can be done, and everything that happened. */
export function CasePanel({ extra, onMoved, ...at }: CasePanelProps) {
  const query = useCase(at)
  const one = query.data
  return (
    <section className="as-case">
      <StateBlock
        state={one ? 'ready' : stateOf(query, false)}
        skeleton="card"
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {one ? <Shown one={one} extra={extra} {...(onMoved ? { onMoved } : {})} /> : null}
      </StateBlock>
    </section>
  )
}

function Shown({ one, extra, onMoved }: { one: CaseWhole; extra: ReactNode; onMoved?: (whole: CaseWhole) => void }) {
  const { t } = useTranslation('after_sale')
  const queries = useQueryClient()
  const at = { shop: one.shop_id, case: one.id }
  return (
    <>
      <header className="as-case-head">
        <h3>
          {t(`kind.${one.kind}`)} <Tag>{t(`reason.${one.reason}` as 'reason.quality')}</Tag>
          <StageTag stage={one.stage} />
        </h3>
        {extra}
      </header>
      <p className="as-quiet as-case-whose">
        {one.buyer_name} · <Copyable text={one.order_number} />
      </p>
      <dl className="as-stands">
        <dt className="as-quiet">{t('shop.stands')}</dt>
        <dd>
          <StateTag line={one} viewer="shop" />
        </dd>
        <dt className="as-quiet">{t('shop.turn')}</dt>
        <dd>
          <TurnWord line={one} viewer="shop" />
        </dd>
        {one.due_at && !one.closed_at ? (
          <>
            <dt className="as-quiet">{t('shop.until')}</dt>
            <dd className="as-wrap-clock">
              <CaseClock line={one} onDue={() => void queries.invalidateQueries({ queryKey: caseKey(at) })} />
            </dd>
          </>
        ) : null}
      </dl>
      <Deeds one={one} {...(onMoved ? { onMoved } : {})} />
      <CaseFacts one={one} at={at} />
    </>
  )
}

function Deeds({ one, onMoved }: { one: CaseWhole; onMoved?: (whole: CaseWhole) => void }) {
  const { t } = useTranslation('after_sale')
  const language = useLanguage()
  const put = usePutCase()
  const [dialog, setDialog] = useState<DialogDeed | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const at = { shop: one.shop_id, case: one.id }
  const onDone = (whole: CaseWhole) => {
    put(whole)
    onMoved?.(whole)
  }
  const run = (deed: () => Promise<CaseWhole>) => async () => {
    setTrouble(null)
    try {
      onDone(await deed())
    } catch (error) {
      setTrouble(error)
    }
  }
  const amount = formatMoney(one.refund_minor, one.currency, language)
  const way = agreeWay(one)
  const primary = primaryDeed(one)
  const look = (deed: ShopDeed, rest: Omit<ActionLook, 'primary' | 'hideRefused'>): ActionLook => ({
    ...rest,
    primary: deed === primary,
    hideRefused: hidden(one, deed),
  })
  const open = (deed: DialogDeed) => () => setDialog(deed)
  const agreeing =
    way === 'money' || way === 'resend'
      ? {
          run: run(() => agree(at, '', null)),
          consequence: way === 'money' ? t('shop.agree_money_then', { amount }) : t('shop.agree_resend_then'),
        }
      : { run: open('agree') }
  return (
    <div className="as-deeds">
      <NextActions
        deeds={one.deeds}
        size="small"
        actions={{
          agree: look('agree', { label: way === 'money' ? t('shop.agree_money', { amount }) : t(`shop.agree.${way}`), ...agreeing }),
          offer: look('offer', { label: t('deed.offer'), run: open('offer') }),
          refuse: look('refuse', { label: t('deed.refuse'), danger: true, run: open('refuse') }),
          return_address: look('return_address', { label: t('deed.return_address'), run: open('return_address') }),
          arrived: look('arrived', { label: t('deed.arrived'), run: run(() => arrived(at)) }),
          inspect: look('inspect', { label: t('deed.inspect'), run: open('inspect') }),
          send_out: look('send_out', { label: t('deed.send_out'), run: open('send_out') }),
          repaid: look('repaid', { label: t('deed.repaid'), run: run(() => repaid(at, '')), consequence: t('shop.repaid_then') }),
        }}
      />
      {trouble ? <Trouble error={trouble} /> : null}
      {dialog ? <DeedDialog deed={dialog} one={one} onDone={onDone} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}
