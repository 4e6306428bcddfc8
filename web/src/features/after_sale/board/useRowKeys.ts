/** Up, down and space on the rows of the board. */
import type { KeyboardEvent } from 'react'
import { useTranslation } from '@/i18n/react'
import { useShortcut } from '@/ui/shortcuts'

const ROW = 'a[data-case]'

export function useRowKeys(toggle: (id: string) => void): (event: KeyboardEvent<HTMLElement>) => void {
  const { t } = useTranslation('after_sale')
  useShortcut('j', () => step(1), { label: t('board.key_next') })
  useShortcut('k', () => step(-1), { label: t('board.key_previous') })
  useShortcut('x', () => mark(toggle), { label: t('board.key_choose') })
  return (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!(event.target as HTMLElement).matches(ROW)) return
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ROW)].toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
}

function step(by: 1 | -1): void {
  const all = rows()
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = at < 0 ? all[0] : all[at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

function mark(toggle: (id: string) => void): void {
  const row = document.activeElement
  const id = row instanceof HTMLElement && row.matches(ROW) ? row.dataset.case : undefined
  if (id) toggle(id)
}
