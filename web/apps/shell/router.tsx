import { type ComponentType, lazy } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import type { Me } from '@/api'
import { NotFound } from './NotFound'
import { Bare } from './Bare'
import type { AppRoute } from './routes'
import { SignedIn } from './SignedIn'

export type AppName = 'signin' | 'buyer' | 'desk' | 'merchant' | 'admin'

export interface AppPages {
  app: AppName
  routes: readonly AppRoute[]
  /** `false`: an app for those who are not signed in. */
  signedIn?: boolean
  /** Who may use the app; others are shown the way to theirs. */
  roles?: readonly Me['role'][]
  navStyle?: 'rail' | 'side'
  /** Top right of the frame: own status, load. */
  status?: ComponentType
}

/** All addresses of an app under `/<app>`; the code of a page comes when it is first opened. */
export function makeRouter(pages: AppPages): ComponentType {
  const { app, routes, signedIn = true } = pages
  const lazily = routes.map(({ path, page }) => ({ path, Page: lazy(page) }))
  const frame = signedIn ? <SignedIn {...pages} /> : <Bare app={app} />
  return function AppRouter() {
    return (
      <BrowserRouter basename={`/${app}`}>
        <Routes>
          <Route element={frame}>
            {lazily.map(({ path, Page }) => (
              <Route key={path} path={path} element={<Page />} />
            ))}
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </BrowserRouter>
    )
  }
}
