import { useQuery } from '@tanstack/react-query'
import { type Answer, api, useCursorPages } from '@/api'

export type InForce = Answer<'/api/v1/shops/{shop}/rulebook', 'get'>['data'][number]
export type RuleEntry = Answer<'/api/v1/shops/{shop}/rulebook/{name}/history', 'get'>['data'][number]
export type Value = InForce['value']

export interface Setting {
  value: Value | null
  reason: string
  effective_from: string | null
}

/** The rulebook of a shop, or of the marketplace itself (null). */
export function useRulebook(shop: string | null) {
  return useQuery({
    queryKey: ['rulebook', shop],
    queryFn: ({ signal }) =>
      shop === null
        ? api.GET('/platform/v1/rulebook', { signal })
        : api.GET('/api/v1/shops/{shop}/rulebook', { params: { path: { shop } }, signal }),
  })
}

export function useHistory(shop: string | null, name: string) {
  return useCursorPages<RuleEntry>(['rulebook', shop, name, 'history'], (cursor, signal) => {
    const query = { limit: 20, ...(cursor ? { before: Number(cursor) } : {}) }
    return shop === null
      ? api.GET('/platform/v1/rulebook/{name}/history', { params: { path: { name }, query }, signal })
      : api.GET('/api/v1/shops/{shop}/rulebook/{name}/history', { params: { path: { shop, name }, query }, signal })
  })
}

export function setValue(shop: string | null, name: string, body: Setting): Promise<InForce> {
  return shop === null
    ? api.PUT('/platform/v1/rulebook/{name}', { params: { path: { name } }, body })
    : api.PUT('/api/v1/shops/{shop}/rulebook/{name}', { params: { path: { shop, name } }, body })
}

/** A shop may set what is its own; the marketplace everything. */
export function maySet(shop: string | null, entry: InForce): boolean {
  return shop === null || entry.parameter.scope === 'shop'
}

/** The marketplace's name in addresses. */
export function useSlug(enabled: boolean): string | null {
  const query = useQuery({ queryKey: ['marketplace'], queryFn: ({ signal }) => api.GET('/platform/v1/marketplace', { signal }), enabled })
  return query.data?.slug ?? null
}
