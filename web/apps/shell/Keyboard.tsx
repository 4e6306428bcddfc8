import { CommandPalette } from '@/ui/CommandPalette'
import { ShortcutHelp } from '@/ui/ShortcutHelp'

/** Command palette and list of shortcuts; fetched after the first page. */
export default function Keyboard() {
  return (
    <>
      <CommandPalette />
      <ShortcutHelp />
    </>
  )
}
