import type { ReactNode } from 'react'
import './sheet.css'

export interface SheetProps {
  title: ReactNode
  /** One sentence under the title: what this page is for. */
  hint?: ReactNode
  /** On the right of the title: the one thing to do, filters. */
  extra?: ReactNode
  children: ReactNode
}

/** A page of settings or lists: its title, what one can do, the content. */
export function Sheet({ title, hint, extra, children }: SheetProps) {
  return (
    <div className="x-sheet">
      <header className="x-sheet-head">
        <div>
          <h1>{title}</h1>
          {hint ? <p className="x-quiet">{hint}</p> : null}
        </div>
        {extra ? <div className="x-actions">{extra}</div> : null}
      </header>
      {children}
    </div>
  )
}

/** A part of a page with its own heading. */
export function Part({ title, extra, children }: Omit<SheetProps, 'hint'>) {
  return (
    <section className="x-part">
      <header className="x-sheet-head">
        <h2>{title}</h2>
        {extra ? <div className="x-actions">{extra}</div> : null}
      </header>
      {children}
    </section>
  )
}
