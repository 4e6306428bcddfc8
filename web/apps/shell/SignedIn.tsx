import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { api, asRefusal, homeOf, type Me, SessionProvider } from '@/api'
import { followProfile, type Language } from '@/i18n'
import { useTranslation } from '@/i18n/react'
import { Realtime } from '@/realtime'
import { RealtimeProvider, useConnection, useRealtime } from '@/realtime/react'
import { AppFrame } from '@/ui/AppFrame'
import { useCommands } from '@/ui/commands'
import { ErrorBoundary } from '@/ui/ErrorBoundary'
import { forgetAll } from '@/ui/kept'
import { OfflineBar } from '@/ui/OfflineBar'
import { ServerClockProvider } from '@/ui/serverClock'
import { StateBlock } from '@/ui/StateBlock'
import { useNavigation } from './navigation'
import { postWish } from './postWish'
import type { AppPages } from './router'

const Keyboard = lazy(() => import('./Keyboard'))

type Props = Pick<AppPages, 'app' | 'routes' | 'roles' | 'status' | 'navStyle'>

/** The floor of every signed-in app: who is here, the socket, the frame; then the page. */
export function SignedIn(props: Props) {
  const { t } = useTranslation('ui')
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => api.GET('/public/v1/me', { signal }), staleTime: 60_000 })
  const language = me.data?.language
  useEffect(() => {
    void followProfile(language)
  }, [language])
  if (me.isPending) return <StateBlock state="loading" skeleton="table" />
  if (me.isError) {
    // Signed out: the api is already on its way to the sign-in.
    if (asRefusal(me.error).kind === 'unauthenticated') return <StateBlock state="loading" skeleton="form" />
    return <StateBlock state="error" error={asRefusal(me.error)} onRetry={() => void me.refetch()} />
  }
  if (props.roles && !props.roles.includes(me.data.role)) {
    return <StateBlock state="empty" title={t('app.none')} action={<a href={homeOf(me.data.role)}>{t('app.start')}</a>} />
  }
  return (
    <SessionProvider me={me.data}>
      <Live me={me.data}>
        <Framed me={me.data} {...props} />
      </Live>
    </SessionProvider>
  )
}

function Live({ me, children }: { me: Me; children: ReactNode }) {
  const realtime = useMemo(
    () =>
      new Realtime({
        owner: me.id,
        post: (wish, shop) => postWish(api, wish, shop),
        // A 401 here leads to the sign-in; anything else means the server is away.
        onTrouble: () => void api.GET('/public/v1/me').catch(() => {}),
      }),
    [me.id],
  )
  return (
    <RealtimeProvider realtime={realtime}>
      <ServerClockProvider now={realtime.serverNow}>{children}</ServerClockProvider>
      <AskAgain />
    </RealtimeProvider>
  )
}

/** What could not be read while the server was away is asked for again when it is back. */
function AskAgain() {
  const queries = useQueryClient()
  const { phase } = useConnection()
  useEffect(() => {
    if (phase !== 'ready') return
    void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.error !== null && asRefusal(state.error).kind === 'unavailable' })
  }, [phase, queries])
  return null
}

function Framed({ me, app, routes, status: Status, navStyle }: Props & { me: Me }) {
  const { t } = useTranslation('ui')
  const { pathname } = useLocation()
  const realtime = useRealtime()
  const { offline } = useConnection()
  const nav = useNavigation(routes, me.rights)
  const navigate = useNavigate()
  // Every section is a command, too.
  useCommands(useMemo(() => nav.map(({ to, label }) => ({ id: `go${to}`, label, run: () => void navigate(to) })), [nav, navigate]))
  return (
    <AppFrame
      title={t(`app.${app}`)}
      nav={nav}
      person={{ name: me.display_name }}
      bar={<OfflineBar offline={offline} onRetry={() => realtime.nudge()} />}
      onSignOut={() => void signOut()}
      onLanguage={(language) => void keepLanguage(language)}
      {...(navStyle ? { navStyle } : {})}
      {...(Status ? { status: <Status /> } : {})}
    >
      <ErrorBoundary resetKey={pathname}>
        <Suspense fallback={<StateBlock state="loading" skeleton="table" />}>
          <Outlet />
        </Suspense>
      </ErrorBoundary>
      <Suspense>
        <Keyboard />
      </Suspense>
    </AppFrame>
  )
}

async function signOut(): Promise<void> {
  await api.POST('/public/v1/sign-out').catch(() => {})
  forgetAll()
  location.assign('/signin')
}

async function keepLanguage(language: Language): Promise<void> {
  await api.PATCH('/public/v1/me', { body: { language } }).catch(() => {})
}
