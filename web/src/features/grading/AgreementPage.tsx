import { useQuery } from '@tanstack/react-query'
import { asRefusal } from '@/api'
import { useTranslation } from '@/i18n/react'
import { useFigures } from '@/ui/figures'
import { type Column, Rows } from '@/ui/Rows'
import { Sheet } from '@/ui/Sheet'
import { StateBlock, stateOf } from '@/ui/StateBlock'
import './grading.css'
import { agreement, type AgreementLine, type Kappa, type PartName, type StepName } from './wire'

/** How far graders agree with one another and with the machine: κ, interval, pairs; or that there are too few. */
export default function AgreementPage({ shop }: { shop: string }) {
  const { t } = useTranslation('grading')
  const { t: inspected } = useTranslation('inspection')
  const query = useQuery({ queryKey: ['grading', 'agreement', shop], queryFn: ({ signal }) => agreement(shop, signal) })
  const least = query.data?.least_pairs ?? 0
  const step = (one: AgreementLine) =>
    one.about === 'all' ? t('agreement.all') : one.about === 'grade' ? t('agreement.grade') : inspected(`step.${one.about as StepName}`)
  const part = (one: AgreementLine) => (one.about === 'all' ? t('agreement.all_parts') : inspected(`part.${one.about as PartName}`))
  const columns = (named: (one: AgreementLine) => string): readonly Column<AgreementLine>[] => [
    { id: 'about', title: t('agreement.about'), render: (one) => <strong>{named(one)}</strong> },
    { id: 'graders', title: t('agreement.graders'), render: (one) => <Figure of={one.graders} least={least} apart={one.graders_called_apart} /> },
    { id: 'machine', title: t('agreement.with_machine'), render: (one) => <Figure of={one.machine} least={least} apart={one.machine_called_apart} /> },
  ]
  const one = query.data
  return (
    <Sheet title={t('agreement.title')} hint={t('agreement.hint')}>
      <StateBlock
        state={stateOf(query, one?.settled === 0)}
        skeleton="table"
        title={t('agreement.none')}
        error={query.isError ? asRefusal(query.error) : null}
        onRetry={() => void query.refetch()}
      >
        {one ? (
          <>
            <p>{t('agreement.counts', { settled: one.settled, twice: one.twice, third: one.third })}</p>
            <Rows label={t('agreement.title')} columns={columns(step)} rows={one.lines} rowKey={(line) => line.about} />
            <h2 className="gr-parts">{t('agreement.parts')}</h2>
            <p className="x-dim">
              {t('agreement.bands', { bands: one.bands.map((band) => `${inspected(`grade.${band.grade}`)} ${band.low}–${band.high}`).join(' · ') })}
            </p>
            <Rows label={t('agreement.parts')} columns={columns(part)} rows={one.parts} rowKey={(line) => line.about} />
            <p className="x-dim">{t('agreement.formula')}</p>
          </>
        ) : null}
      </StateBlock>
    </Sheet>
  )
}

function Figure({ of, least, apart }: { of: Kappa; least: number; apart: number }) {
  const { t } = useTranslation('grading')
  const { figure } = useFigures()
  const beside = apart > 0 ? ` · ${t('agreement.called_apart', { count: apart })}` : ''
  if (!of.enough) return <span className="x-dim">{t('agreement.too_few', { pairs: of.pairs, least }) + beside}</span>
  return (
    <>
      <strong>{of.kappa == null ? t('agreement.no_kappa') : `κ ${figure(of.kappa, 2)}`}</strong>{' '}
      <span className="x-dim">
        {of.low == null || of.high == null ? '' : `${t('agreement.interval', { low: figure(of.low, 2), high: figure(of.high, 2) })} · `}
        {t('agreement.agreed', { percent: of.agreed_percent ?? 0, pairs: of.pairs }) + beside}
      </span>
    </>
  )
}
