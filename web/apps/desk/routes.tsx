import type { AppRoute } from '../shell/routes'

/** The pages of this app, in the order of the navigation; the empty path is its first page. */
export const routes: readonly AppRoute[] = [{ path: '', page: () => import('../shell/Empty') }]
