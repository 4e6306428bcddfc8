/** Why something was given, as each side may ask. */
import { api } from '@/api'
import type { Grant } from './wire'

/** The ruling that gave it, whose decisions explain it; everything else is explained by the tables that gave it. */
const rulingOf = ({ subject_kind, subject_id }: Grant): string | null => (subject_kind === 'ruling' ? subject_id : null)

export function whyMine(grant: Grant, signal: AbortSignal) {
  const ruling = rulingOf(grant)
  if (ruling !== null) return api.GET('/public/v1/me/rulings/{ruling}/why', { params: { path: { ruling } }, signal })
  return api.GET('/public/v1/me/compensation/{grant}/why', { params: { path: { grant: grant.id } }, signal })
}

export function whyOfShop(shop: string, grant: Grant, signal: AbortSignal) {
  const ruling = rulingOf(grant)
  if (ruling !== null) return api.GET('/api/v1/shops/{shop}/rulings/{ruling}/why', { params: { path: { shop, ruling } }, signal })
  return api.GET('/api/v1/shops/{shop}/compensation/{grant}/why', { params: { path: { shop, grant: grant.id } }, signal })
}

export function whyAny(grant: Grant, signal: AbortSignal) {
  const ruling = rulingOf(grant)
  if (ruling !== null) return api.GET('/platform/v1/rulings/{ruling}/why', { params: { path: { ruling } }, signal })
  return api.GET('/platform/v1/compensation/{grant}/why', { params: { path: { grant: grant.id } }, signal })
}
