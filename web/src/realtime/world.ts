/** Everything realtime needs from outside, so that tests can be the outside. */

export interface SocketLike {
  send: (text: string) => void
  close: () => void
}

export interface SocketEvents {
  onOpen: () => void
  onText: (text: unknown) => void
  onClose: (code: number) => void
}

export interface World {
  /** Milliseconds since 1970 by this machine. */
  now: () => number
  /** Runs once after `ms`; returns how to call it off. */
  after: (ms: number, run: () => void) => () => void
  /** In [0, 1). */
  chance: () => number
  open: (url: string, events: SocketEvents) => SocketLike
  /** Network came back, or the page is looked at again. */
  onReturn: (listener: () => void) => () => void
}

export const BROWSER: World = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  chance: Math.random,
  open(url, events) {
    const socket = new WebSocket(url)
    socket.addEventListener('open', () => events.onOpen())
    socket.addEventListener('message', (message) => events.onText(message.data))
    socket.addEventListener('close', (close) => events.onClose(close.code))
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      },
      close: () => socket.close(),
    }
  },
  onReturn(listener) {
    const seen = () => {
      if (document.visibilityState === 'visible') listener()
    }
    addEventListener('online', listener)
    document.addEventListener('visibilitychange', seen)
    return () => {
      removeEventListener('online', listener)
      document.removeEventListener('visibilitychange', seen)
    }
  },
}

/** `/socket` of this site. */
export function socketAddress(base: string = location.href): string {
  const url = new URL('/socket', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}
