import { useEffect } from 'react'
import { CommandPalette } from '@/ui/CommandPalette'
import { keepFocus } from '@/ui/focusKeeper'
import { ShortcutHelp } from '@/ui/ShortcutHelp'

/** Command palette, list of shortcuts, and the place of the focus; fetched after the first page. */
export default function Keyboard() {
  useEffect(keepFocus, [])
  return (
    <>
      <CommandPalette />
      <ShortcutHelp />
    </>
  )
}
