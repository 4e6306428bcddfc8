import type { AppRoute } from '../shell/routes'

/** The pages of this app: a shop's desk, with the conversation that is open. */
export const routes: readonly AppRoute[] = [{ path: ':shop?/:conversation?', page: () => import('./DeskPage') }]
