/**
 * The keyboard never loses its place. What has the focus may vanish by the very deed it stood for: a button that is
 * gone when it was done, a line that left its list, a layer that was closed. The focus then goes to what took its
 * place, and not back to the beginning of the page.
 */

const TABBABLE =
  'a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])'
const LAYER = '.ant-popover'
/** What a dialog's parts stand in, whichever of them takes the focus. */
const DIALOG_ROOT = '.ant-modal-wrap, .ant-drawer'
const DIALOG = '[aria-modal="true"]'
const OPEN_LAYER = `${LAYER}:not(.ant-popover-hidden)`

type Place = readonly HTMLElement[]

class FocusKeeper {
  /** What had the focus last and all that it stands in, the nearest first. */
  private place: Place = []
  /** What a layer was opened from. */
  private readonly openers = new WeakMap<Element, HTMLElement>()
  /** What was lost and may still be drawn again; until a key or the mouse says otherwise. */
  private awaited: HTMLElement | null = null
  private waiting = false
  private pressed = false
  /** Where the page was when something had the focus last. */
  private address = ''
  private left = false
  private readonly observer = new MutationObserver(() => this.look())

  start(): void {
    document.addEventListener('focusin', this.onFocus)
    document.addEventListener('focusout', this.onLeft)
    document.addEventListener('keydown', this.onKey, true)
    document.addEventListener('pointerdown', this.onPointer, true)
    this.observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'disabled', 'hidden'] })
  }

  stop(): void {
    document.removeEventListener('focusin', this.onFocus)
    document.removeEventListener('focusout', this.onLeft)
    document.removeEventListener('keydown', this.onKey, true)
    document.removeEventListener('pointerdown', this.onPointer, true)
    this.observer.disconnect()
  }

  private readonly onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === document.body) return
    const dialog = target.closest(DIALOG_ROOT)
    const [before] = this.place
    if (dialog && before && !dialog.contains(before) && !this.openers.has(dialog)) this.openers.set(dialog, before)
    this.place = placeOf(target)
    this.address = location.pathname
  }

  /** Out of a field by Esc, not out of its part of the page: the next thing there that scrolls has the keys. */
  private readonly onLeft = ({ relatedTarget }: FocusEvent) => {
    const place = this.place
    // A layer that Esc closes gives the focus back itself.
    if (!this.left || relatedTarget || place[0]?.closest(`${LAYER}, ${DIALOG_ROOT}`)) return
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body || !place[0] || !usable(place[0])) return
      for (const each of place.slice(1)) {
        const next = each.querySelector<HTMLElement>('[role=group][tabindex="0"]')
        if (next) return next.focus()
      }
    })
  }

  private readonly onPointer = () => {
    this.pressed = false
    this.awaited = null
  }

  private readonly onKey = (event: KeyboardEvent) => {
    this.pressed = true
    this.awaited = null
    this.left = event.key === 'Escape'
    const layer = event.key === 'Tab' ? document.activeElement?.closest(`${LAYER}, ${DIALOG}`) : null
    if (!layer) return
    const inside = tabbables(layer)
    if (document.activeElement !== (event.shiftKey ? inside[0] : inside.at(-1))) return
    // Behind the last there is only the browser: a dialog goes round, a layer leads back to what opened it.
    const next = layer.matches(DIALOG) ? inside.at(event.shiftKey ? -1 : 0) : this.openers.get(layer)
    if (!next?.isConnected) return
    event.preventDefault()
    next.focus()
  }

  private look(): void {
    const { activeElement } = document
    if (this.awaited && activeElement !== document.body) this.findAgain(this.awaited)
    if (this.waiting) return
    const lost = activeElement === document.body && this.place[0] !== undefined && !usable(this.place[0])
    if (!lost && !this.enters()) return
    this.waiting = true
    // Dialogs give the focus back themselves, and what is new has to be drawn first.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.waiting = false
        this.enter()
        if (document.activeElement === document.body && this.place[0] && !usable(this.place[0])) this.restore(this.place)
      }),
    )
  }

  /** A layer that a key has opened, and that the focus has not entered yet. */
  private enters(): Element | null {
    if (!this.pressed || !(document.activeElement instanceof HTMLElement)) return null
    for (const layer of document.querySelectorAll(OPEN_LAYER)) {
      if (!this.openers.has(layer) && !layer.contains(document.activeElement)) return layer
    }
    return null
  }

  private enter(): void {
    for (const layer of document.querySelectorAll(`${LAYER}.ant-popover-hidden`)) this.openers.delete(layer)
    const layer = this.enters()
    if (!layer || !(document.activeElement instanceof HTMLElement)) return
    this.openers.set(layer, document.activeElement)
    tabbables(layer)[0]?.focus({ preventScroll: true })
  }

  private restore(place: Place): void {
    const [lost] = place
    for (const each of place) {
      const opener = this.openerOf(each)
      if (opener) return opener.focus()
      if (!usable(each) || each === document.body) continue
      const next = twinOf(lost, each) ?? this.lineLeft() ?? tabbables(each)[0]
      if (!next && each.id !== 'main') continue
      this.awaited = lost ?? null
      ;(next ?? each).focus()
      return
    }
  }

  /** Whoever comes back to a list stands at the line he left for. */
  private lineLeft(): HTMLElement | null {
    return this.address === location.pathname ? null : document.querySelector<HTMLElement>(`main a[href="${this.address}"]`)
  }

  /** From where this layer or dialog was opened; or the one that it was opened from. */
  private openerOf(layer: Element): HTMLElement | undefined {
    const opener = this.openers.get(layer)
    if (!opener || usable(opener)) return opener
    const outer = opener.closest(`${LAYER}, ${DIALOG_ROOT}`)
    return outer && outer !== layer ? this.openerOf(outer) : undefined
  }

  private findAgain(lost: HTMLElement): void {
    for (const each of this.place.slice(1)) {
      const twin = each === document.body ? null : twinOf(lost, each)
      if (!twin) continue
      this.awaited = null
      twin.focus()
      return
    }
  }
}

function placeOf(target: HTMLElement): Place {
  const place: HTMLElement[] = []
  for (let each: HTMLElement | null = target; each; each = each.parentElement) place.push(each)
  return place
}

function usable(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility() && !element.matches(':disabled')
}

function tabbables(within: Element): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(TABBABLE)].filter((each) => each.tabIndex >= 0 && each.checkVisibility())
}

/** The same control drawn anew: of the same kind and name. */
function twinOf(lost: HTMLElement | undefined, within: Element): HTMLElement | undefined {
  if (!lost) return undefined
  const name = nameOf(lost)
  return tabbables(within).find((each) => each.tagName === lost.tagName && nameOf(each) === name)
}

function nameOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent ?? ''
}

/** Starts keeping; the answer ends it. */
export function keepFocus(): () => void {
  const keeper = new FocusKeeper()
  keeper.start()
  return () => keeper.stop()
}
