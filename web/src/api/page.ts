/** The one client of a page, and where a signed-out person is sent. */
import { currentLanguage } from '@/i18n'
import { createApi } from './client'

export const SIGN_IN = '/signin'

/** Cookie session; every page but the widget uses this one. */
export const api = createApi({ language: currentLanguage, onSignedOut: goToSignIn })

/** To the sign-in, and back here afterwards. */
export function goToSignIn(): void {
  if (location.pathname === SIGN_IN || location.pathname.startsWith(`${SIGN_IN}/`)) return
  location.assign(`${SIGN_IN}?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`)
}

/** `?next=` of the address, only when it stays on this site. */
export function nextAddress(search: string, origin: string, fallback: string): string {
  const next = new URLSearchParams(search).get('next')
  if (!next) return fallback
  try {
    const url = new URL(next, origin)
    return url.origin === origin && url.pathname !== SIGN_IN ? url.pathname + url.search + url.hash : fallback
  } catch {
    return fallback
  }
}
