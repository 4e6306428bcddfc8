import { useParams } from 'react-router'
import { TableSheet } from './editor/TableSheet'

/** A table of the marketplace. */
export default function TablePage() {
  const { name = '' } = useParams()
  return <TableSheet key={name} shop={null} name={name} back="/rules" />
}
