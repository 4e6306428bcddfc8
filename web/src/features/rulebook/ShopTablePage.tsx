import { useParams } from 'react-router'
import { TableSheet } from './editor/TableSheet'

/** A table as it holds for a shop. */
export default function ShopTablePage({ shop }: { shop: string }) {
  const { name = '' } = useParams()
  return <TableSheet key={name} shop={shop} name={name} back={`/rules/${shop}`} />
}
