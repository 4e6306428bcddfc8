/** The doors to decision tables, of the marketplace (null) or as they hold for a shop. */
import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Body, useCursorPages } from '@/api'

export type Tables = Answer<'/platform/v1/tables', 'get'>
export type TableLine = Tables['data'][number]
export type TableWhole = Answer<'/platform/v1/tables/{name}', 'get'>
export type Grid = TableWhole['grid']
export type GridRow = Grid['rows'][number]
export type GridInput = Grid['inputs'][number]
export type GridOutput = Grid['outputs'][number]
export type Condition = NonNullable<GridRow['when']>[string]
export type Word = Condition['values'][number]
export type Cell = GridRow['then'][string]
export type Authority = NonNullable<GridRow['authority']>
export type Checked = Answer<'/platform/v1/tables/{name}/check', 'post'>
export type Flaw = Checked['flaws'][number]
export type Facts = Record<string, Word>
export type Tried = Answer<'/platform/v1/tables/{name}/try', 'post'>
export type WhatIf = Answer<'/platform/v1/tables/{name}/what-if', 'post'>
export type Replayed = WhatIf['summary']
export type TableVersion = Answer<'/platform/v1/tables/{name}/history', 'get'>['data'][number]
export type Publication = Body<'/platform/v1/tables/{name}', 'put'>
export type RuleChange = Answer<'/public/v1/marketplaces/{slug}/rule-changes', 'get'>['data'][number]
export type Profiles = Answer<'/platform/v1/profiles', 'get'>

// The client's types make lists of pairs; the casts give them back what they are.

/** A wording as the server reads it: a grid, or the text of the table. */
export type Draft = { grid: Grid } | { text: string }

export function useTables(shop: string | null) {
  return useQuery({
    queryKey: ['tables', shop],
    queryFn: ({ signal }) =>
      shop === null ? api.GET('/platform/v1/tables', { signal }) : api.GET('/api/v1/shops/{shop}/tables', { params: { path: { shop } }, signal }),
  })
}

export function useTable(shop: string | null, name: string) {
  return useQuery<TableWhole>({
    queryKey: ['tables', shop, name],
    queryFn: ({ signal }) =>
      (shop === null
        ? api.GET('/platform/v1/tables/{name}', { params: { path: { name } }, signal })
        : api.GET('/api/v1/shops/{shop}/tables/{name}', { params: { path: { shop, name } }, signal })) as Promise<TableWhole>,
    refetchOnWindowFocus: false,
  })
}

/** One version of the marketplace's table; 0 as the profile ships it. */
export function getVersion(name: string, version: number): Promise<TableWhole> {
  return api.GET('/platform/v1/tables/{name}', { params: { path: { name }, query: { version } } }) as Promise<TableWhole>
}

export function useTableHistory(name: string) {
  return useCursorPages<TableVersion>(['tables', null, name, 'history'], (cursor, signal) => {
    const query = { limit: 20, ...(cursor ? { before: Number(cursor) } : {}) }
    return api.GET('/platform/v1/tables/{name}/history', { params: { path: { name }, query }, signal })
  })
}

export function checkDraft(name: string, draft: Draft, signal?: AbortSignal): Promise<Checked> {
  return api.POST('/platform/v1/tables/{name}/check', { params: { path: { name } }, body: draft, ...(signal ? { signal } : {}) }) as Promise<Checked>
}

export function askWhatIf(name: string, draft: Draft, since: Date, until: Date, signal: AbortSignal): Promise<WhatIf> {
  const query = { since: since.toISOString(), until: until.toISOString(), limit: 20 }
  return api.POST('/platform/v1/tables/{name}/what-if', { params: { path: { name }, query }, body: draft, signal })
}

export function tryCase(shop: string | null, name: string, facts: Facts, draft: Draft | null): Promise<Tried> {
  return shop === null
    ? api.POST('/platform/v1/tables/{name}/try', { params: { path: { name } }, body: { facts, ...draft } })
    : api.POST('/api/v1/shops/{shop}/tables/{name}/try', { params: { path: { shop, name } }, body: { facts } })
}

export function publish(name: string, body: Publication): Promise<TableLine> {
  return api.PUT('/platform/v1/tables/{name}', { params: { path: { name } }, body })
}
