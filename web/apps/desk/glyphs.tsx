/** Icons of the sections of the desk, drawn with one line each: its first page is counted in bytes. */
function drawn(d: string) {
  return (
    <span className="anticon">
      <svg viewBox="0 0 24 24" width="1em" height="1em" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" aria-hidden>
        <path d={d} />
      </svg>
    </span>
  )
}

export const scales = drawn('M12 4v16M7 20h10M5 7h14M5 7l-3 6h6zM19 7l-3 6h6z')
export const barred = drawn('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M6 6l12 12')
export const star = drawn('M12 4l2.5 5 5.5.8-4 3.9 1 5.5-5-2.6-5 2.6 1-5.5-4-3.9 5.5-.8z')
export const book = drawn('M12 7l-2-2H4v13h6l2 2 2-2h6V5h-6zv13')
export const warning = drawn('M12 4L2 20h20zM12 10v5M12 17v1')
export const shield = drawn('M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z')
export const back = drawn('M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3')
export const gift = drawn('M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7L8 3M12 7l4-4')
export const coin = drawn('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 7l4 5 4-5M12 12v5M9 13h6')
export const listed = drawn('M4 6l2 2 3-3M11 7h9M4 16l2 2 3-3M11 17h9')
