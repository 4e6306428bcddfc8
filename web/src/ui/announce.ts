/** What screen readers are told politely: new messages, copied, saved. */

let region: HTMLElement | null = null
let clearing: ReturnType<typeof setTimeout> | null = null

/** Says `text` once; an equal text right after is said again. */
export function announce(text: string): void {
  const live = liveRegion()
  // The same text twice is silence for most readers; a trailing space makes it new.
  live.textContent = live.textContent === text ? `${text}\u00A0` : text
  if (clearing !== null) clearTimeout(clearing)
  clearing = setTimeout(() => {
    live.textContent = ''
  }, 10_000)
}

function liveRegion(): HTMLElement {
  if (region?.isConnected) return region
  region = document.createElement('div')
  region.className = 'x-heard'
  region.setAttribute('role', 'status')
  region.setAttribute('aria-live', 'polite')
  document.body.append(region)
  return region
}
