const STRUCK = 'a, button, input, label, select, summary, textarea, [role]'

/**
 * A double click is one wish: its second click counts only on what the first one struck.
 *
 * A quick answer closes a form between the two, and the second would press whatever stands there now.
 */
export function calmDoubleClicks(page: Document = document): void {
  let first: Element | null = null
  page.addEventListener(
    'click',
    (event) => {
      // Keys and labels click without a count.
      if (event.detail === 0 || !(event.target instanceof Element)) return
      const struck = event.target.closest(STRUCK) ?? event.target
      const again = event.detail === 1 || struck === first
      first = struck
      if (again) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    true,
  )
}
