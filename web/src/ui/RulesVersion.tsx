import { useTranslation } from '@/i18n/react'
import { type RulesOf, readRules } from './rules'

/** Which rules decided, as people call them; their code is shown on hover. */
export function RulesVersion({ version }: { version: string }) {
  const { t } = useTranslation('ui')
  const read = readRules(version)
  if (!read) return <code>{version}</code>
  const names: Record<RulesOf['profile'], string> = { taobao: t('rules.taobao'), jd: t('rules.jd'), eu: t('rules.eu'), retail: t('rules.retail') }
  const profile = names[read.profile]
  return <span title={version}>{read.edition === 0 ? t('rules.shipped', { profile }) : t('rules.edition', { profile, edition: read.edition })}</span>
}
