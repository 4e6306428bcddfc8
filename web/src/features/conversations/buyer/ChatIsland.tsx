import { h, render } from 'preact'
import { useEffect, useRef } from 'react'
import { ChatView, type ChatViewProps } from '../chat/ChatView'

/** The buyer's chat inside a React page: one implementation for page and widget. */
export function ChatIsland(props: ChatViewProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (place.current) render(h(ChatView, props), place.current)
  })
  useEffect(() => {
    const here = place.current
    return () => {
      if (here) render(null, here)
    }
  }, [])
  return <div ref={place} style={{ height: '100%' }} />
}
