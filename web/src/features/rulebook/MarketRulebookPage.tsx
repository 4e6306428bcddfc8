import { RulebookSheet } from './RulebookSheet'

/** The values that hold for every shop which has none of its own. */
export default function MarketRulebookPage() {
  return <RulebookSheet shop={null} />
}
