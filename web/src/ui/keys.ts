/** Key combinations as text: `mod+k`, `shift+enter`, `?`, `1`. `mod` is ⌘ on a Mac and Ctrl elsewhere. */

export interface KeyPress {
  key: string
  /** The key by its place on the keyboard: KeyN. */
  code?: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

interface Combination {
  key: string
  mod: boolean
  alt: boolean
  shift: boolean
}

export function parseCombination(text: string): Combination {
  const parts = text.toLowerCase().split('+')
  const key = text.endsWith('++') ? '+' : (parts.at(-1) ?? '')
  return { key, mod: parts.includes('mod'), alt: parts.includes('alt'), shift: parts.includes('shift') }
}

export function matches(press: KeyPress, text: string, mac: boolean): boolean {
  const wanted = parseCombination(text)
  const mod = mac ? press.metaKey : press.ctrlKey
  const foreign = mac ? press.ctrlKey : press.metaKey
  if (mod !== wanted.mod || foreign || press.altKey !== wanted.alt) return false
  // With ⌥ a Mac writes another letter: there the place of the key tells which it is.
  const key = wanted.alt && mac && press.code?.startsWith('Key') ? press.code.slice(3) : press.key
  if (key.toLowerCase() !== wanted.key) return false
  // Signs such as ? need Shift on some keyboards and not on others.
  const sign = wanted.key.length === 1 && !/[a-z0-9]/.test(wanted.key)
  return sign || press.shiftKey === wanted.shift
}

/** How a combination is written for people: `⌘K`, `Ctrl+K`. */
export function combinationText(text: string, mac: boolean): string {
  const { key, mod, alt, shift } = parseCombination(text)
  const names: Record<string, string> = { escape: 'Esc', enter: 'Enter', arrowup: '↑', arrowdown: '↓', ' ': 'Space' }
  const last = names[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  const parts = [mod ? (mac ? '⌘' : 'Ctrl') : '', alt ? (mac ? '⌥' : 'Alt') : '', shift ? (mac ? '⇧' : 'Shift') : '', last]
  return parts.filter(Boolean).join(mac ? '' : '+')
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)
}

/** Plain keys are letters while one writes. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)
}
