/** The page around the frame: its settings come in, unread counts go out. */
import type { FromWidget, ToWidget, WidgetSettings } from '../loader/settings'

export interface Host {
  /** Resolves with the first settings. */
  settings: Promise<WidgetSettings>
  /** Later changes: another person, shown or hidden. */
  onMessage: (listener: (message: ToWidget) => void) => () => void
  /** Whether the page shows the chat now. */
  isShown: () => boolean
  tell: (message: FromWidget) => void
}

/** The first page that answers is our host; from then on only its origin is heard and told. */
export function findHost(own: Window, parent: Window): Host {
  const listeners = new Set<(message: ToWidget) => void>()
  let origin: string | null = null
  let shown = false
  let settle: (settings: WidgetSettings) => void = () => {}
  const settings = new Promise<WidgetSettings>((resolve) => {
    settle = resolve
  })
  own.addEventListener('message', (event: MessageEvent<ToWidget>) => {
    const message = event.data
    if (event.source !== parent || !message?.xiaoer || (origin !== null && event.origin !== origin)) return
    origin = event.origin
    if (message.xiaoer === 'settings') settle(message.settings)
    else shown = message.shown
    for (const listener of listeners) listener(message)
  })
  // Says only that we are here; whoever may frame this page is the server's decision (frame-ancestors).
  parent.postMessage({ xiaoer: 'hello' } satisfies FromWidget, '*')
  return {
    settings,
    onMessage: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isShown: () => shown,
    tell: (message) => {
      if (origin !== null) parent.postMessage(message, origin)
    },
  }
}

/** Opened by itself (a link in a message): the settings stand in the address. */
export function settingsOfAddress(search: string): WidgetSettings {
  const query = new URLSearchParams(search)
  const language = query.get('language')
  return { marketplace: query.get('marketplace') ?? '', shop: query.get('shop') ?? '', ...(language ? { language } : {}) }
}
