/**
 * widget.js: one async script on the page of a shop. It draws a button and a frame, and nothing else:
 *
 *   <script async src="https://…/widget.js" data-marketplace="demo" data-shop="…"
 *           data-buyer-id="…" data-identifier-hash="…" data-language="zh-Hans"></script>
 *
 * `window.Xiaoer` = { open(), close(), toggle(), identify(settings), onUnread(callback) → stop }.
 * It must stay one classic script: no import but of types, everything inside this function.
 */
import type { FromWidget, ToWidget, WidgetSettings } from './settings'

;(() => {
  interface Doors {
    open: () => void
    close: () => void
    toggle: () => void
    identify: (settings: Partial<WidgetSettings>) => void
    onUnread: (callback: (count: number) => void) => () => void
  }
  const page = window as Window & { Xiaoer?: Doors }
  const script = document.currentScript as HTMLScriptElement | null
  if (!script || page.Xiaoer) return

  const origin = new URL(script.src).origin
  const given = script.dataset
  let settings: WidgetSettings = {
    marketplace: given.marketplace ?? '',
    shop: given.shop ?? '',
    ...(given.buyerId ? { buyer_id: given.buyerId } : {}),
    ...(given.identifierHash ? { identifier_hash: given.identifierHash } : {}),
    ...(given.name ? { name: given.name } : {}),
    ...(given.email ? { email: given.email } : {}),
    ...(given.phone ? { phone: given.phone } : {}),
    ...(given.language ? { language: given.language } : {}),
  }
  const listeners = new Set<(count: number) => void>()
  let unread = 0
  let shown = false
  let greeted = false
  let words = { open: '在线客服 · Chat', close: '关闭 · Close', title: '在线客服 · Chat' }

  // A closed shadow keeps the page's styles out and ours in; styles are set by properties, as strict pages demand.
  const host = document.createElement('div')
  const shadow = host.attachShadow({ mode: 'closed' })
  const button = document.createElement('button')
  const badge = document.createElement('span')
  const frame = document.createElement('iframe')
  const style = (element: HTMLElement, css: Partial<CSSStyleDeclaration>) => Object.assign(element.style, css)

  style(button, {
    position: 'fixed', right: '20px', bottom: '20px', width: '56px', height: '56px', border: '0', padding: '0',
    borderRadius: '28px', background: '#2257c7', color: '#fff', font: '600 24px/56px system-ui, sans-serif',
    cursor: 'pointer', boxShadow: '0 4px 16px rgba(0,0,0,.24)', zIndex: '2147483000',
  })
  style(badge, {
    position: 'absolute', top: '-4px', right: '-4px', minWidth: '22px', height: '22px', padding: '0 6px', display: 'none',
    boxSizing: 'border-box', borderRadius: '11px', background: '#c4302b', color: '#fff', font: '600 12px/22px system-ui, sans-serif',
  })
  button.type = 'button'
  button.append('💬', badge)
  frame.allow = 'clipboard-write'

  const place = () => {
    const narrow = innerWidth < 520
    style(frame, {
      position: 'fixed', border: '0', zIndex: '2147483001', display: shown ? 'block' : 'none', background: '#fff', colorScheme: 'normal',
      right: narrow ? '0' : '20px', bottom: narrow ? '0' : '88px', width: narrow ? '100vw' : '380px',
      height: narrow ? '100dvh' : 'min(640px, calc(100vh - 108px))', borderRadius: narrow ? '0' : '12px',
      boxShadow: '0 8px 32px rgba(0,0,0,.24)',
    })
    button.style.display = shown && narrow ? 'none' : 'block'
  }
  const name = () => {
    button.setAttribute('aria-label', shown ? words.close : unread > 0 ? `${words.open} (${unread})` : words.open)
    button.setAttribute('aria-expanded', String(shown))
    frame.title = words.title
  }
  const tell = (message: ToWidget) => {
    if (greeted) frame.contentWindow?.postMessage(message, origin)
  }
  // Which pages may frame the chat depends on the shop, so the server must read it in the address.
  const address = () => `${origin}/widget/?shop=${encodeURIComponent(settings.shop)}`
  const show = (next: boolean) => {
    if (next && !frame.src) frame.src = address()
    shown = next
    place()
    name()
    tell({ xiaoer: 'shown', shown })
    if (next) frame.focus()
    else button.focus()
  }
  const hear = (message: FromWidget) => {
    switch (message.xiaoer) {
      case 'hello':
        greeted = true
        tell({ xiaoer: 'settings', settings })
        tell({ xiaoer: 'shown', shown })
        return
      case 'unread':
        unread = message.count
        badge.textContent = unread > 99 ? '99+' : String(unread)
        badge.style.display = unread > 0 ? 'block' : 'none'
        name()
        for (const listener of listeners) listener(unread)
        return
      case 'close':
        show(false)
        return
      case 'text':
        words = { open: message.open, close: message.close, title: message.title }
        name()
    }
  }
  addEventListener('message', (event: MessageEvent<FromWidget>) => {
    if (event.origin === origin && event.source === frame.contentWindow && event.data?.xiaoer) hear(event.data)
  })
  addEventListener('resize', place)
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && shown) show(false)
  })
  button.addEventListener('click', () => show(!shown))

  const start = () => {
    shadow.append(frame, button)
    document.body.append(host)
    place()
    name()
    // A returning buyer may have unread messages: the frame listens without being shown.
    if (settings.buyer_id) frame.src = address()
  }
  if (document.body) start()
  else addEventListener('DOMContentLoaded', start)

  page.Xiaoer = {
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!shown),
    identify: (more) => {
      settings = { ...settings, ...more }
      tell({ xiaoer: 'settings', settings })
    },
    onUnread: (callback) => {
      listeners.add(callback)
      callback(unread)
      return () => listeners.delete(callback)
    },
  }
})()
