import { Tag } from 'antd'
import { useTranslation } from '@/i18n/react'
import { RelativeTime } from '@/ui/RelativeTime'
import type { TableLine } from '../tables'

/** Which version holds, where it comes from, what is coming. */
export function InForceLine({ line }: { line: TableLine }) {
  const { t } = useTranslation('rulebook')
  return (
    <span>
      <code>{line.name}</code> <Tag {...(line.source === 'shipped' ? {} : { color: 'blue' })}>{t(`source.${line.source}`)}</Tag>
      {line.version > 0 ? <Tag>{t('version.number', { version: line.version })}</Tag> : null}
      <span className="x-small">{t('table.size', { rows: line.rows, cases: line.cases })}</span>
      {line.coming.map((one) => (
        <Tag key={one.version} color="warning" style={{ marginInlineStart: 6 }}>
          {t('changes')} <RelativeTime at={one.effective_from} />
        </Tag>
      ))}
    </span>
  )
}
