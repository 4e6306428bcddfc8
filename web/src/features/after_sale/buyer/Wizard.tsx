import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { Trouble } from '@/ui/Trouble'
import { useKept } from '@/ui/useKept'
import { QuotePanel } from './QuotePanel'
import { RefusedPanel } from './RefusedPanel'
import { openCase, type Order } from './server'
import { StepView } from './StepView'
import { useQuote } from './useQuote'
import { answered, type Draft, emptyDraft, finished, kindsFor, stepAfter, stepBefore, stepsOf, wishOf } from './wizard'

interface Props {
  order: Order
  onOpened: (id: string) => void
  onWay: (way: 'chat' | 'cancel') => void
}

/** One question after the other; below it, what the rules say of the answers so far. */
export function Wizard({ order, onOpened, onWay }: Props) {
  const { t } = useTranslation(['after_sale', 'ui'])
  const [draft, change, forget] = useKept<Draft>(`wish.${order.id}`, () => emptyDraft(crypto.randomUUID()))
  const heading = useFocusOnStep(draft.step)
  const { quote, refusal, unavailable, retry } = useQuote(order.id, wishOf(draft, order))
  const { send, busy, trouble } = useSending(order, draft, (id) => {
    forget()
    onOpened(id)
  })
  if (kindsFor(order).length === 0) return <Nothing order={order} onWay={onWay} />
  const steps = stepsOf(draft, order)
  const before = stepBefore(draft, order)
  const last = draft.step === 'send'
  const next = () => answered(draft.step, draft, order) && change({ ...draft, step: stepAfter(draft, order) })
  return (
    <form
      className="ab-wizard"
      onSubmit={(event) => {
        event.preventDefault()
        if (last) void send()
        else next()
      }}
    >
      {draft.kind ? <p className="as-quiet">{t('wish.progress', { step: steps.indexOf(draft.step) + 1, steps: steps.length })}</p> : null}
      <h1 ref={heading} tabIndex={-1}>
        {t(`wish.question.${draft.step}`)}
      </h1>
      <StepView draft={draft} order={order} onChange={change} />
      {refusal ? (
        <RefusedPanel
          refusal={refusal}
          draft={draft}
          order={order}
          onWay={(way) => (way.is === 'draft' ? change(way.draft) : onWay(way.is))}
        />
      ) : null}
      {unavailable ? (
        <div className="ab-notice">
          <Trouble error={unavailable} />
          <p className="as-quiet">{t('wish.kept')}</p>
          <Button onClick={retry}>{t('ui:action.retry')}</Button>
        </div>
      ) : null}
      {quote ? <QuotePanel quote={quote} /> : null}
      {trouble ? (
        <div className="ab-notice">
          <Trouble error={trouble} />
          <p className="as-quiet">{t('wish.kept')}</p>
        </div>
      ) : null}
      <div className="ab-bar">
        {before ? (
          <Button size="large" onClick={() => change({ ...draft, step: before })}>
            {t('wish.back')}
          </Button>
        ) : null}
        <Button size="large" type="primary" htmlType="submit" loading={busy} disabled={last ? !quote : !answered(draft.step, draft, order) || (refusal !== null && stepAfter(draft, order) === 'send')}>
          {last ? t('wish.send') : t('wish.next')}
        </Button>
      </div>
    </form>
  )
}

/** The new question is read out; the first one does not take the focus from the page. */
function useFocusOnStep(step: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'nearest' })
  }, [step])
  return heading
}

/** Sends once, whatever the fingers do; the key makes a second sending after a lost answer harmless. */
function useSending(order: Order, draft: Draft, onOpened: (id: string) => void) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const under = useRef(false)
  const send = async () => {
    const wish = finished(draft, order)
    if (!wish || under.current) return
    under.current = true
    setBusy(true)
    setTrouble(null)
    try {
      onOpened((await openCase(order.id, wish)).id)
    } catch (error) {
      setTrouble(error)
      setBusy(false)
    } finally {
      under.current = false
    }
  }
  return { send, busy, trouble }
}

function Nothing({ order, onWay }: { order: Order; onWay: Props['onWay'] }) {
  const { t } = useTranslation('after_sale')
  const pending = order.state === 'pending'
  return (
    <section className="ab-refused">
      <h1>{t('wish.title')}</h1>
      <p>{t(pending ? 'refused.cancel_instead' : 'refused.order_over')}</p>
      <div className="ab-ways">
        {pending ? (
          <Button block type="primary" onClick={() => onWay('cancel')}>
            {t('still.cancel')}
          </Button>
        ) : null}
        <Button block onClick={() => onWay('chat')}>
          {t('wish.ask_shop')}
        </Button>
      </div>
    </section>
  )
}
