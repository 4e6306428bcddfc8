import { useParams } from 'react-router'
import { useMe } from '@/api'
import BlocksPage from '@/features/blocks/shop/BlocksPage'

/** The blocks of the shop of the address, or of the first shop one works for. */
export default function ShopBlocksPage() {
  const me = useMe()
  const { shop = me.shops[0]?.id } = useParams()
  return shop ? <BlocksPage key={shop} shop={shop} /> : null
}
