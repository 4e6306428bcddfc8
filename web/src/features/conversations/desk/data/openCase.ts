/** Which case is open beside the conversation; it stands in the address, so that it can be sent to a colleague. */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

const NAME = 'case'

export interface OpenCase {
  open: string | null
  show: (id: string | null) => void
}

export function useOpenCase(): OpenCase {
  const [query, setQuery] = useSearchParams()
  const open = query.get(NAME)
  const show = useCallback(
    (id: string | null) =>
      setQuery((before) => {
        const next = new URLSearchParams(before)
        // An empty word: the list of cases is open.
        next.set(NAME, id ?? '')
        return next
      }),
    [setQuery],
  )
  return useMemo(() => ({ open, show }), [open, show])
}
