import { createContext, useContext } from 'react'
import { useLanguage, useTranslation } from '@/i18n/react'
import type { Cell, Condition, Facts, Grid, TableWhole, Word } from '../tables'

/** How the words and columns of the table that is open are called; what a draft adds has the rulebook's own names. */
export const Names = createContext<Pick<TableWhole, 'words' | 'columns'>>({ words: {}, columns: {} })

/** The languages of a sentence as tables write them; `zh` is simplified Chinese. */
export const SAY = ['zh', 'zh-Hant', 'en', 'es', 'ja', 'ko'] as const

/** The text in a language, else in Chinese or English, else in whatever there is. */
export function said(texts: Readonly<Record<string, string>> | undefined, language: string): string {
  if (!texts) return ''
  const near = language.startsWith('zh') ? 'zh' : 'en'
  return texts[language] || texts[near] || texts.en || texts.zh || Object.values(texts)[0] || ''
}

/** The words of cells, for people. */
export function useSaying() {
  const { t, i18n } = useTranslation('rulebook')
  const language = useLanguage()
  const { words, columns } = useContext(Names)
  const word = (value: Word): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'number') return String(value)
    if (words[value]) return words[value]
    return i18n.exists(`rulebook:word.${value}`) ? t(`word.${value}` as 'word.buyer') : value
  }
  const list = (values: readonly Word[]) => values.map(word).join(' / ')
  const cell = (value: Cell | undefined): string => {
    if (value === null || value === undefined || value === '') return '–'
    if (Array.isArray(value)) return value.length === 0 ? '–' : list(value)
    return word(value)
  }
  const condition = (value: Condition | null | undefined): string => {
    if (!value) return t('cell.anything')
    return value.negated ? t('cell.all_but', { values: list(value.values) }) : list(value.values)
  }
  const label = ({ name, label: labels }: { name: string; label?: Readonly<Record<string, string>> }) => said(labels, language) || columns[name] || name
  const facts = (grid: Grid, given: Facts): string =>
    grid.inputs
      .filter(({ name }) => given[name] !== undefined)
      .map((input) => `${label(input)}: ${word(given[input.name] ?? '')}`)
      .join(' · ')
  return { word, cell, condition, label, facts, said: (texts: Readonly<Record<string, string>> | undefined) => said(texts, language) }
}
