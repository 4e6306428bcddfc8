import { useQuery } from '@tanstack/react-query'
import { asRefusal } from '@/api'
import type { CaseWish } from '../parts/wire'
import { quote } from './server'

/** What the rules say of a wish: the quote, or why not; nothing while a question is open. */
export function useQuote(order: string, wish: CaseWish | null) {
  const query = useQuery({
    queryKey: ['case-quote', order, wish],
    queryFn: ({ signal }) => {
      if (!wish) throw new Error('nothing is asked yet')
      return quote(order, wish, signal)
    },
    enabled: wish !== null,
    retry: false,
    staleTime: 10_000,
    refetchOnWindowFocus: false,
  })
  const error = wish && query.isError ? asRefusal(query.error) : null
  return {
    quote: wish ? (query.data ?? null) : null,
    refusal: error && !error.mayRetry ? error : null,
    unavailable: error?.mayRetry ? error : null,
    retry: () => void query.refetch(),
  }
}
