import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { readMentions } from '../server'
import { useDesk } from './deskStore'
import { listKey, useViewIds } from './useViewList'

/** Opening a conversation one was named in is reading it there. */
export function useReadMentions(conversation: string | null): void {
  const { shop } = useDesk()
  const queries = useQueryClient()
  const { wanted } = useViewIds('mentions', NO_FILTER, true)
  const named = conversation !== null && wanted.includes(conversation)
  useEffect(() => {
    if (!named || conversation === null) return
    readMentions({ shop, conversation }).then(
      () => queries.invalidateQueries({ queryKey: listKey(shop, 'mentions').slice(0, 4) }),
      () => {}, // it then stays in the list
    )
  }, [named, conversation, shop, queries])
}

const NO_FILTER = {}
