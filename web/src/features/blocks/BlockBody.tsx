import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'
import { useTranslation } from '@/i18n/react'
import { DecisionsButton } from '@/ui/Decisions'
import { BlockClock, BlockFacts, BlockHistory, BlockState, currencyOf, MadeGood } from './parts'
import type { BlockWhole } from './wire'

interface Props {
  whole: BlockWhole
  back: string
  deeds: ReactNode
  why: ComponentProps<typeof DecisionsButton>
}

/** A block as staff see it. */
export function BlockBody({ whole, back, deeds, why }: Props) {
  const { t } = useTranslation('blocks')
  const currency = currencyOf(whole)
  return (
    <div className="x-matter">
      <header className="x-matter-head">
        <h1>{whole.block.subject_name}</h1>
        <BlockState state={whole.block.state} />
        <Link to={back}>{t('close')}</Link>
      </header>
      <BlockClock block={whole.block} />
      <section className="x-box">
        <BlockFacts block={whole.block} staff />
        <DecisionsButton {...why} />
      </section>
      {deeds}
      <MadeGood whole={whole} currency={currency} />
      <BlockHistory whole={whole} currency={currency} />
    </div>
  )
}
