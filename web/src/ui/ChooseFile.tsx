import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useFileChooser } from './FileDrop'

/** What one photo or paper may weigh at most; the server holds the same. */
export const PAPER_MAX_BYTES = 20 * 1_024 * 1_024
/** Photos, films and papers. */
export const PAPER_KINDS = ['image/*', 'video/*', 'application/pdf'] as const

const CLIP = <PaperClipOutlined aria-hidden />

interface Props {
  label: string
  icon?: ReactNode
  disabled?: boolean
  size?: 'small' | 'middle'
}

/** The button inside a FileDrop that opens the machine's file dialog. */
export function ChooseFile({ label, icon = CLIP, disabled = false, size = 'middle' }: Props) {
  const choose = useFileChooser()
  return (
    <Button size={size} icon={icon} disabled={disabled} onClick={choose}>
      {label}
    </Button>
  )
}
