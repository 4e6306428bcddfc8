import { StateBlock } from '@/ui/StateBlock'

/** Stands where a page will be. */
export default function Empty() {
  return <StateBlock state="empty" />
}
