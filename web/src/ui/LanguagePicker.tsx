import { Select, type SelectProps } from 'antd'
import { LANGUAGE_NAMES, LANGUAGES } from '@/i18n/languages'
import { ManySelect } from './ManySelect'

const OPTIONS = LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))

/** One or several of the six languages, each by its own name; for forms. */
export function LanguagePicker({ several = false, ...props }: Omit<SelectProps, 'options' | 'mode'> & { several?: boolean }) {
  if (several) return <ManySelect options={OPTIONS} {...props} />
  return <Select options={OPTIONS} showSearch={{ optionFilterProp: 'label' }} {...props} />
}
