import { RulebookSheet } from './RulebookSheet'

/** The response profile of a shop and the other values it may set. */
export default function ShopRulebookPage({ shop }: { shop: string }) {
  return <RulebookSheet shop={shop} />
}
