/** @jsxImportSource preact */
import i18next from 'i18next'
import { useEffect, useRef, useState } from 'preact/hooks'
import { keep, readKept } from '@/ui/kept'
import type { ChatSession } from './session'

const LONGEST = 4_000

export interface OrderChoice {
  id: string
  label: string
}

/** Where the buyer writes: Enter sends, Shift-Enter breaks the line; pictures may be pasted. */
export function ChatEditor({ session, orders }: { session: ChatSession; orders: readonly OrderChoice[] }) {
  const t = i18next.t
  const key = `chat.${session.id}`
  const [text, write] = useState(() => readKept<{ text: string }>(key)?.text ?? '')
  const setText = (next: string) => {
    keep(key, next === '' ? null : { text: next })
    write(next)
  }
  const [choosing, setChoosing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const tooLong = [...text].length > LONGEST

  const send = () => {
    if (!text.trim() || tooLong) return
    session.say(text)
    setText('')
    field.current?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    for (const each of files) void session.upload(each)
  }
  const onDrop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    for (const each of files) void session.upload(each)
  }
  return (
    <form
      class="k-editor"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {choosing ? (
        <Orders
          orders={orders}
          choose={(order) => {
            session.card(order)
            setChoosing(false)
            field.current?.focus()
          }}
          close={() => {
            setChoosing(false)
            opener.current?.focus()
          }}
        />
      ) : null}
      <div class="k-row">
        <button type="button" class="k-icon" aria-label={t('conversations:chat.attach')} onClick={() => file.current?.click()}>
          +
        </button>
        {orders.length > 0 ? (
          <button
            ref={opener}
            type="button"
            class="k-icon"
            aria-label={t('conversations:chat.order')}
            aria-expanded={choosing}
            onClick={() => setChoosing(!choosing)}
          >
            #
          </button>
        ) : null}
        <input
          ref={file}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            for (const each of event.currentTarget.files ?? []) void session.upload(each)
            event.currentTarget.value = ''
          }}
        />
        <textarea
          ref={field}
          class="k-field"
          rows={Math.min(5, Math.max(1, text.split('\n').length))}
          value={text}
          placeholder={t('conversations:chat.placeholder')}
          aria-label={t('conversations:chat.placeholder')}
          aria-invalid={tooLong}
          onInput={(event) => {
            setText(event.currentTarget.value)
            session.realtime.typing(session.id, event.currentTarget.value !== '')
          }}
          onKeyDown={onKey}
          onPaste={onPaste}
          onDrop={onDrop}
          onDragOver={(event) => event.preventDefault()}
        />
        <button type="submit" class="k-send" disabled={!text.trim() || tooLong}>
          {t('conversations:chat.send')}
        </button>
      </div>
      {tooLong ? (
        <p class="k-bad" role="alert">
          {t('conversations:chat.too_long', { limit: LONGEST, length: [...text].length })}
        </p>
      ) : null}
    </form>
  )
}

/** Which order to show, by the arrow keys, too. */
function Orders({ orders, choose, close }: { orders: readonly OrderChoice[]; choose: (order: string) => void; close: () => void }) {
  const list = useRef<HTMLUListElement>(null)
  const buttons = () => [...(list.current?.querySelectorAll('button') ?? [])]
  useEffect(() => buttons()[0]?.focus(), [])
  const onKey = (event: KeyboardEvent) => {
    const all = buttons()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus()
    else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the buttons in it
    <ul class="k-orders" ref={list} onKeyDown={onKey}>
      {orders.map((order) => (
        <li key={order.id}>
          <button type="button" class="k-order" onClick={() => choose(order.id)}>
            {order.label}
          </button>
        </li>
      ))}
    </ul>
  )
}
