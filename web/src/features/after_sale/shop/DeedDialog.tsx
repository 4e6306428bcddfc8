import type { CaseWhole } from '../parts/wire'
import { AddressDialog, AgreeDialog } from './AgreeDialog'
import { InspectDialog } from './InspectDialog'
import { OfferDialog } from './OfferDialog'
import { RefuseDialog } from './RefuseDialog'
import { SendOutDialog } from './SendOutDialog'

export type DialogDeed = 'agree' | 'offer' | 'refuse' | 'return_address' | 'inspect' | 'send_out'

export interface DeedProps {
  one: CaseWhole
  onDone: (whole: CaseWhole) => void
  onClose: () => void
}

/** What a deed needs to know before it is done. */
export default function DeedDialog({ deed, ...props }: DeedProps & { deed: DialogDeed }) {
  switch (deed) {
    case 'agree':
      return <AgreeDialog {...props} />
    case 'offer':
      return <OfferDialog {...props} />
    case 'refuse':
      return <RefuseDialog {...props} />
    case 'return_address':
      return <AddressDialog {...props} />
    case 'inspect':
      return <InspectDialog {...props} />
    case 'send_out':
      return <SendOutDialog {...props} />
  }
}
