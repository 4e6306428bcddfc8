import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type Key, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { readPlace, savePlace } from './place'

export interface VirtualListHandle {
  scrollToIndex: (index: number) => void
  scrollToEnd: () => void
  isAtEnd: () => boolean
}

export interface VirtualListProps<Item> {
  items: readonly Item[]
  itemKey: (item: Item) => Key
  render: (item: Item, index: number) => ReactNode
  /** Guessed height in pixels; the real one is measured. */
  estimate?: number
  /** `end`: a timeline. It opens at its end, follows new lines there, and stands still when older ones come above. */
  stick?: 'start' | 'end'
  /** Called near the first line (older pages) and near the last one. */
  onStart?: () => void
  onEnd?: () => void
  /** Remembers the place under this name for the visit. */
  placeKey?: string
  label: string
  role?: 'list' | 'listbox' | 'log'
  style?: CSSProperties
  handle?: Ref<VirtualListHandle>
  footer?: ReactNode
  header?: ReactNode
}

/** Draws only what is seen; keeps its place on return and while pages are added. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, itemKey, render, estimate = 64, stick = 'start', placeKey, handle } = props
  const scroller = useRef<HTMLDivElement>(null)
  const place = useRef(placeKey ? readPlace(placeKey) : null)
  // eslint-disable-next-line react/incompatible-library -- the virtualizer's methods are read on every draw on purpose
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : itemKey(item)
    },
    overscan: 8,
    anchorTo: stick,
    followOnAppend: stick === 'end',
    initialOffset: place.current ?? 0,
    useFlushSync: false,
  })
  useImperativeHandle(handle, () => handleOf(virtual), [virtual])
  const placed = useFirstPlace(virtual, items.length, stick === 'end' && place.current === null)
  useEdges(virtual, placed ? items.length : 0, props)
  useEffect(() => {
    const element = scroller.current
    if (!placeKey || !element) return
    return () => savePlace(placeKey, element.scrollTop)
  }, [placeKey])
  const drawn = virtual.getVirtualItems()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div ref={scroller} role="group" aria-label={props.label} tabIndex={0} style={{ overflow: 'auto', contain: 'strict', height: '100%', overflowAnchor: 'none', ...props.style }}>
      {props.header}
      <div
        role={props.role ?? 'list'}
        aria-label={props.label}
        style={{ height: virtual.getTotalSize(), position: 'relative', width: '100%' }}
      >
        {drawn.map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          return (
            <div
              key={row.key}
              ref={virtual.measureElement}
              data-index={row.index}
              role={props.role === undefined || props.role === 'list' ? 'listitem' : 'presentation'}
              style={{ position: 'absolute', top: 0, left: 0, width: '100%', transform: `translateY(${row.start}px)` }}
            >
              {render(item, row.index)}
            </div>
          )
        })}
      </div>
      {props.footer}
    </div>
  )
}

type AnyVirtualizer = Virtualizer<HTMLDivElement, Element>

function handleOf(virtual: AnyVirtualizer): VirtualListHandle {
  return {
    scrollToIndex: (index) => virtual.scrollToIndex(index, { align: 'center' }),
    scrollToEnd: () => virtual.scrollToEnd(),
    isAtEnd: () => virtual.isAtEnd(),
  }
}

/** A timeline opens at its end, once, unless we come back to a remembered place; until then no edge is near. */
function useFirstPlace(virtual: AnyVirtualizer, count: number, toEnd: boolean): boolean {
  const [placed, setPlaced] = useState(!toEnd)
  useEffect(() => {
    if (placed || count === 0) return
    virtual.scrollToEnd()
    // The drawing after the scrolling is the first that shows what is really near.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => setPlaced(true)))
    return () => cancelAnimationFrame(frame)
  }, [virtual, count, placed])
  return placed
}

/** Asks for the next page once per count of lines, a screen before it is needed. */
function useEdges<Item>(virtual: AnyVirtualizer, count: number, { onStart, onEnd }: VirtualListProps<Item>): void {
  const asked = useRef({ start: -1, end: -1 })
  const drawn = virtual.getVirtualItems()
  const first = drawn[0]?.index ?? -1
  const last = drawn.at(-1)?.index ?? -1
  useEffect(() => {
    if (count === 0) return
    if (onStart && first >= 0 && first <= 2 && asked.current.start !== count) {
      asked.current.start = count
      onStart()
    }
    if (onEnd && last >= count - 3 && asked.current.end !== count) {
      asked.current.end = count
      onEnd()
    }
  }, [first, last, count, onStart, onEnd])
}
