import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { asRefusal } from '@/api'
import { currentLanguage, startWords } from '@/i18n'
import { reactWords } from '@/i18n/react'
import { calmDoubleClicks } from '@/ui/doubleClick'
import { ErrorBoundary } from '@/ui/ErrorBoundary'
import { loadLocale, UiProviders } from '@/ui/Providers'
import { StateBlock } from '@/ui/StateBlock'
import type { Density } from '@/ui/theme'
import { makeRouter, type AppPages } from './router'

export interface AppOptions extends AppPages {
  density: Density
  /** Domains of the catalogue that the first page needs. */
  domains?: readonly string[]
}

/** Starts an app: words, colours, queries, routes. */
export async function startApp({ density, domains = [], ...options }: AppOptions): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no #root')
  const words = await startWords(domains, [reactWords])
  await loadLocale(currentLanguage()).catch(() => {})
  document.title = `${words.t(`ui:app.${options.app}`)} · ${words.t('ui:app.name')}`
  calmDoubleClicks()
  const queries = makeQueries()
  const Router = makeRouter(options)
  createRoot(root).render(
    <StrictMode>
      <UiProviders density={density}>
        <QueryClientProvider client={queries}>
          <ErrorBoundary>
            <Suspense fallback={<StateBlock state="loading" skeleton="table" />}>
              <Router />
            </Suspense>
          </ErrorBoundary>
        </QueryClientProvider>
      </UiProviders>
    </StrictMode>,
  )
}

/** The api itself repeats safe reads; a refusal is an answer and is not asked again. */
function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && asRefusal(error).kind === 'unavailable',
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  })
}
