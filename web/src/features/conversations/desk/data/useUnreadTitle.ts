import { useEffect } from 'react'
import { useTranslation } from '@/i18n/react'
import { sorted } from '../model/arrange'
import { useDesk, useShelf } from './deskStore'

/** How many of my conversations have unread words, in the title of the window. */
export function useUnreadTitle(): void {
  const { t } = useTranslation('ui')
  const { byId } = useShelf()
  const { me } = useDesk()
  const unread = sorted('mine', byId.values(), me).filter((summary) => summary.unread > 0).length
  useEffect(() => {
    const name = `${t('app.desk')} · ${t('app.name')}`
    document.title = unread > 0 ? `(${unread}) ${name}` : name
  }, [unread, t])
}
