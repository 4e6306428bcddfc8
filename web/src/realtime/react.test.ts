import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { afterFirstLoads } from './react'

describe('after the first loads', () => {
  it('is at once when nothing loads', () => {
    const told: string[] = []
    afterFirstLoads(new QueryClient(), () => told.push('now'))
    expect(told).toEqual(['now'])
  })

  it('is when the last of them has ended, so that what is fetched then is read anew', async () => {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    const answers: (() => void)[] = []
    let reads = 0
    const queryFn = () => {
      reads += 1
      return new Promise((resolve) => answers.push(() => resolve('list')))
    }
    const fails = queries.fetchQuery({ queryKey: ['b'], queryFn: async () => Promise.reject(new Error('no')) }).catch(() => 'failed')
    const first = queries.fetchQuery({ queryKey: ['a'], queryFn })
    const told: number[] = []
    afterFirstLoads(queries, () => told.push(reads))
    expect(await fails).toBe('failed')
    expect(told).toEqual([])
    answers[0]?.()
    await first
    expect(told).toEqual([1])
    void queries.fetchQuery({ queryKey: ['a'], queryFn })
    afterFirstLoads(queries, () => told.push(reads))
    expect(told).toEqual([1, 2]) // what is loaded again is no first load
  })
})
