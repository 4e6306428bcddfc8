import { Select, type SelectProps } from 'antd'
import { type KeyboardEvent, useState } from 'react'

/**
 * Several out of a list. Tab leaves it, as it leaves every other field: antd takes Tab for a choice while
 * the list is open, so that a second Tab would drop what was just chosen and the keyboard never came out.
 */
export function ManySelect(props: Omit<SelectProps, 'mode' | 'open'>) {
  const [open, setOpen] = useState(false)
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Tab' || !open) return
    event.stopPropagation()
    setOpen(false)
  }
  return (
    <div onKeyDownCapture={leave}>
      <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} {...props} open={open} onOpenChange={setOpen} />
    </div>
  )
}
