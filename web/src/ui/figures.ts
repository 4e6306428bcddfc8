/** Numbers as the reader's language writes them. */
import { useLanguage } from '@/i18n/react'

export const NOTHING = '–'

/** `70.5, 'es'` → `70,5`; a dash where there is no number. `digits`: so many decimals always, else one at most. */
export function formatFigure(value: number | null | undefined, language: string, digits?: number): string {
  if (value == null) return NOTHING
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 1 }).format(value)
}

/** `33` → `33%`, or `33 %` where a space belongs there; a dash where there is no share. */
export function formatPercent(percent: number | null | undefined, language: string): string {
  if (percent == null) return NOTHING
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(percent / 100)
}

/** The same for the language of the page. */
export function useFigures() {
  const language = useLanguage()
  return {
    figure: (value: number | null | undefined, digits?: number) => formatFigure(value, language, digits),
    percent: (value: number | null | undefined) => formatPercent(value, language),
  }
}
