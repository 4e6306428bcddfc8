import { Button } from 'antd'
import { useTranslation } from '@/i18n/react'

/** The next page of a list by cursor; nothing when there is none. */
export function MoreRows({ pages }: { pages: { hasMore: boolean; isFetchingMore: boolean; fetchMore: () => void } }) {
  const { t } = useTranslation('ui')
  if (!pages.hasMore) return null
  return (
    <Button block loading={pages.isFetchingMore} onClick={pages.fetchMore}>
      {t('action.more')}
    </Button>
  )
}
