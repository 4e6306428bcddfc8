import { type ClipboardEvent, createContext, type DragEvent, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import { announce } from './announce'
import { type FileRules, type FileTrouble, filesOf, formatBytes, sortFiles } from './files'

export interface FileDropProps extends FileRules {
  onFiles: (files: File[]) => void
  onTrouble?: (sentences: string[]) => void
  multiple?: boolean
  /** What the place holds: an editor, a form; its button calls `useFileChooser()`. */
  children: ReactNode
}

const Chooser = createContext<() => void>(() => {})

/** Opens the machine's file dialog of the FileDrop around. */
export function useFileChooser(): () => void {
  return useContext(Chooser)
}

/** Files by drop, by paste and by button, checked before they travel. */
export function FileDrop({ onFiles, onTrouble, multiple = true, children, ...rules }: FileDropProps) {
  const { t } = useTranslation('ui')
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const open = useCallback(() => input.current?.click(), [])
  const take = useTaking(rules, onFiles, onTrouble)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(filesOf(event.dataTransfer))
  }
  const paste = (event: ClipboardEvent) => {
    const files = filesOf(event.clipboardData)
    if (files.length === 0) return
    event.preventDefault()
    take(files)
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={paste}
      style={{ outline: over ? '2px dashed #2257c7' : undefined, outlineOffset: -2, borderRadius: 6 }}
    >
      <Chooser value={open}>{children}</Chooser>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        aria-label={t('file.choose')}
        accept={rules.accept?.join(',')}
        onChange={(event) => {
          take([...(event.target.files ?? [])])
          event.target.value = '' // the same file may be chosen again
        }}
      />
    </div>
  )
}

function useTaking(rules: FileRules, onFiles: (files: File[]) => void, onTrouble?: (sentences: string[]) => void) {
  const { t, i18n } = useTranslation('ui')
  const tell = ({ file, reason }: FileTrouble): string => {
    switch (reason) {
      case 'too_big':
        return t('file.too_big', { name: file.name, limit: formatBytes(rules.maxBytes ?? 0, i18n.language) })
      case 'wrong_type':
        return t('file.wrong_type', { name: file.name })
      case 'empty':
        return t('file.empty', { name: file.name })
    }
  }
  return (files: File[]) => {
    const { good, bad } = sortFiles(files, rules)
    if (good.length > 0) onFiles(good)
    if (bad.length === 0) return
    const sentences = bad.map(tell)
    announce(sentences.join(' '))
    onTrouble?.(sentences)
  }
}
