/** Money of shops on the wire, by the names pages use. */
import { useQuery } from '@tanstack/react-query'
import { type Answer, api, useCursorPages } from '@/api'

export type Funds = Answer<'/api/v1/shops/{shop}/funds', 'get'>['data'][number]
export type StatementLine = Answer<'/api/v1/shops/{shop}/funds/statement', 'get'>['data'][number]
export type Payout = Answer<'/api/v1/shops/{shop}/payouts', 'get'>['data'][number]
export type Reconciliation = Answer<'/platform/v1/ledger/reconciliation', 'get'>
export type Difference = Reconciliation['differences'][number]
export type Audit = Answer<'/platform/v1/ledger', 'get'>
export type Account = 'balance' | 'deposit' | 'debt'

export const ACCOUNTS = ['balance', 'deposit', 'debt'] as const satisfies readonly Account[]
export const PAYOUT_STATES = ['ordered', 'paying', 'paid', 'refused', 'cancelled'] as const satisfies readonly Payout['state'][]

export function useFunds(shop: string) {
  return useQuery({
    queryKey: ['ledger', shop, 'funds'],
    queryFn: ({ signal }) => api.GET('/api/v1/shops/{shop}/funds', { params: { path: { shop } }, signal }),
  })
}

export function useStatement(shop: string, account: Account, currency: string | null) {
  return useCursorPages<StatementLine>(['ledger', shop, 'statement', account, currency], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/funds/statement', {
      params: { path: { shop }, query: { account, limit: 50, ...(currency ? { currency } : {}), ...(after ? { starting_after: Number(after) } : {}) } },
      signal,
    }),
  )
}

export function useShopPayouts(shop: string, state: Payout['state'] | null) {
  return useCursorPages<Payout>(['ledger', shop, 'payouts', state], (after, signal) =>
    api.GET('/api/v1/shops/{shop}/payouts', {
      params: { path: { shop }, query: { limit: 50, ...(state ? { state } : {}), ...(after ? { starting_after: after } : {}) } },
      signal,
    }),
  )
}

const EVERY_MS = 15_000

/** Payouts without an end in every shop; asked again now and then: no topic tells of all shops. */
export function useOpenPayouts(stuck: boolean) {
  return useQuery({
    queryKey: ['ledger', 'open', stuck],
    queryFn: ({ signal }) => api.GET('/platform/v1/payouts', { params: { query: { stuck, limit: 200 } }, signal }),
    refetchInterval: EVERY_MS,
  })
}

/** The shops of the marketplace by their names (the first 200). */
export function useShops(): { shops: readonly { id: string; name: string }[]; isPending: boolean } {
  const query = useQuery({
    queryKey: ['platform', 'shops', 'choice'],
    queryFn: ({ signal }) => api.GET('/platform/v1/shops', { params: { query: { limit: 200 } }, signal }),
    staleTime: 60_000,
  })
  return { shops: query.data?.data ?? [], isPending: query.isPending }
}
