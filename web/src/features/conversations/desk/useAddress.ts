/** Where one is on the desk: everything that is looked at has an address one can send to a colleague. */
import { useCallback, useMemo } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { type View, VIEWS } from './model/arrange'

export interface DeskAddress {
  shop: string | null
  conversation: string | null
  view: View
  /** A message to show. */
  at: number | null
  addressOf: (conversation: string) => string
  go: (conversation: string, at?: number) => void
  back: () => void
  choose: (view: View) => void
  chooseShop: (shop: string) => void
}

export function useAddress(): DeskAddress {
  const { shop = null, conversation = null } = useParams()
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const view = VIEWS.find((each) => each === query.get('view')) ?? 'mine'
  const at = Number(query.get('at'))
  const suffix = view === 'mine' ? '' : `?view=${view}`
  const addressOf = useCallback((id: string) => `/${shop}/${id}${suffix}`, [shop, suffix])
  return useMemo(
    () => ({
      shop,
      conversation,
      view,
      at: Number.isSafeInteger(at) && at > 0 ? at : null,
      addressOf,
      go: (id: string, version?: number) => {
        if (id === '') return
        const mark = version === undefined ? '' : `${suffix ? '&' : '?'}at=${version}`
        void navigate(addressOf(id) + mark)
      },
      back: () => void navigate(`/${shop}${suffix}`),
      choose: (next: View) => void navigate(`/${shop}${conversation ? `/${conversation}` : ''}${next === 'mine' ? '' : `?view=${next}`}`),
      chooseShop: (next: string) => void navigate(`/${next}`),
    }),
    [shop, conversation, view, at, addressOf, suffix, navigate],
  )
}
