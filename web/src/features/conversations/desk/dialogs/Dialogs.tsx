import type { Summary } from '../wire'
import type { DialogName } from '../thread/HeaderActions'
import { HandOverDialog } from './HandOverDialog'
import { MergeDialog } from './MergeDialog'
import { ScheduledDialog } from './ScheduledDialog'
import { SnoozeDialog } from './SnoozeDialog'
import { TagsDialog } from './TagsDialog'

/** The dialog of a deed that asks for something first; fetched when first opened. */
export default function Dialogs({ name, summary, close }: { name: DialogName; summary: Summary; close: () => void }) {
  switch (name) {
    case 'transfer':
    case 'assign':
    case 'share':
      return <HandOverDialog deed={name} summary={summary} close={close} />
    case 'snooze':
      return <SnoozeDialog summary={summary} close={close} />
    case 'merge':
      return <MergeDialog summary={summary} close={close} />
    case 'tag':
      return <TagsDialog summary={summary} close={close} />
    case 'scheduled':
      return <ScheduledDialog summary={summary} close={close} />
  }
}
