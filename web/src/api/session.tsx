import { createContext, type ReactNode, useContext } from 'react'
import type { Me } from './wire'

const SessionContext = createContext<Me | null>(null)

export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <SessionContext value={me}>{children}</SessionContext>
}

/** Who is here: role, marketplace, shops, rights. Only inside a signed-in app. */
export function useMe(): Me {
  const me = useContext(SessionContext)
  if (!me) throw new Error('useMe needs a signed-in app around it')
  return me
}

/** How far a deed reaches for the one who is here; the server decides again. */
export function useReach(deed: string): 'none' | 'own' | 'team' | 'all' {
  return useMe().rights[deed] ?? 'none'
}

/** The address where a role begins its work. */
export function homeOf(role: Me['role']): string {
  switch (role) {
    case 'administrator':
      return '/admin/'
    case 'manager':
      return '/merchant/'
    case 'agent':
    case 'officer':
    case 'integration':
      return '/desk/'
    case 'buyer':
      return '/buyer/'
  }
}
