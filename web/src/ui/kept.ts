/** What was typed stays for this visit, whatever happens to the page or the network. */

export function readKept<Value extends object>(key: string): Value | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(`xiaoer.${key}`) ?? 'null')
    return typeof found === 'object' && found !== null ? (found as Value) : null
  } catch {
    return null
  }
}

export function keep(key: string, value: object | null): void {
  try {
    if (value === null) sessionStorage.removeItem(`xiaoer.${key}`)
    else sessionStorage.setItem(`xiaoer.${key}`, JSON.stringify(value))
  } catch {
    // without storage it stays on the page only
  }
}

/** Whoever signs out leaves nothing of his words behind. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('xiaoer.')) sessionStorage.removeItem(key)
  } catch {
    // nothing was kept
  }
}
