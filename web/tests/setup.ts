import { afterEach } from 'vitest'

// Tests that draw pages clean up after themselves; those that only compute have no document.
afterEach(async () => {
  if (typeof document === 'undefined') return
  const { cleanup } = await import('@testing-library/react')
  cleanup()
})
