// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import { createElement, type ReactNode } from 'react'
import { expect, it } from 'vitest'
import { useCursorPages } from './lists'

/** How often a list is read when it is opened, left, and opened again at once. */
async function readsOf(options: { refetchInterval?: number }): Promise<number> {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client: queries }, children)
  let reads = 0
  const fetchPage = async () => {
    reads += 1
    return { data: [reads], has_more: false, next_cursor: null }
  }
  const useList = () => useCursorPages(['list'], fetchPage, options)
  const first = renderHook(useList, { wrapper })
  await waitFor(() => expect(first.result.current.items).toEqual([1]))
  first.unmount()
  const again = renderHook(useList, { wrapper })
  await waitFor(() => expect(queries.isFetching()).toBe(0))
  again.unmount()
  queries.clear()
  return reads
}

it('a list that nobody tells of is read anew by whoever opens it', async () => {
  expect(await readsOf({ refetchInterval: 60_000 })).toBe(2)
  expect(await readsOf({})).toBe(1)
})
