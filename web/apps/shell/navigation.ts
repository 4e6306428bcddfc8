import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from '@/i18n/react'
import type { NavItem } from '@/ui/AppFrame'
import type { AppRoute } from './routes'

/** The sections one may see, in the words of their domains. */
export function useNavigation(routes: readonly AppRoute[], rights: Readonly<Record<string, string>>): NavItem[] {
  const { i18n } = useTranslation('ui')
  const domains = useMemo(() => [...new Set(routes.flatMap((route) => domainOf(route.nav?.label)))], [routes])
  const [, redraw] = useState(0)
  useEffect(() => {
    let here = true
    void i18n.loadNamespaces(domains).then(() => here && redraw((count) => count + 1))
    return () => {
      here = false
    }
  }, [domains, i18n])
  const say = i18n.t as unknown as (key: string) => string
  // Drawn anew with each language and each domain that arrives; otherwise the same list.
  const words = visibleRoutes(routes, rights).map(({ nav }) => say(nav.label)).join('\n')
  return useMemo(() => {
    const labels = words.split('\n')
    return visibleRoutes(routes, rights).map(({ path, nav }, n, shown) => ({
      to: nav.to ?? `/${path.split('/:')[0] ?? ''}`,
      label: labels[n] ?? '',
      icon: nav.icon,
      also: nav.also,
      begins: n > 0 && nav.group !== shown[n - 1]?.nav.group,
    }))
  }, [routes, rights, words])
}

type Shown = AppRoute & { nav: NonNullable<AppRoute['nav']> }

export function visibleRoutes(routes: readonly AppRoute[], rights: Readonly<Record<string, string>>): Shown[] {
  return routes.filter((route): route is Shown => {
    if (!route.nav) return false
    const { deed } = route.nav
    return deed === undefined || (rights[deed] ?? 'none') !== 'none'
  })
}

function domainOf(label: string | undefined): string[] {
  const domain = label?.split(':')[0]
  return domain ? [domain] : []
}
