import type { AppRoute } from '../shell/routes'

/** Pages for those who are not signed in. */
export const routes: readonly AppRoute[] = [
  { path: '', page: () => import('@/features/identity/signin/SignInPage') },
  { path: 'rules/:marketplace', page: () => import('@/features/rulebook/NoticesPage') },
  { path: 'measures/:marketplace', page: () => import('@/features/measures/NoticesPage') },
]
