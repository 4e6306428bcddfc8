import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import './matter.css'
import { MoreRows } from './MoreRows'
import { StateBlock, type StateBlockProps, stateOf } from './StateBlock'

/** Whether the list in the address is that of what is over. */
export function useOver(): boolean {
  const [search] = useSearchParams()
  return search.get('closed') === '1'
}

interface Words {
  /** What the two lists are of. */
  label: string
  open: string
  over: string
  none: string
  hint: string
}

interface Line {
  key: string
  title: ReactNode
  state: ReactNode
  about: ReactNode
  clock: ReactNode
}

interface Props<Item> {
  /** Where this list stands in the app; each line is an address below it. */
  base: string
  /** The line that is open beside the list. */
  here?: string | undefined
  words: Words
  error: StateBlockProps['error']
  pages: { items: readonly Item[]; isPending: boolean; isError: boolean; refetch: () => unknown; hasMore: boolean; isFetchingMore: boolean; fetchMore: () => void }
  renderLine: (item: Item) => Line
}

/** Matters one takes part in, those that run and those that are over, each with its state and its clock. */
export function OpenAndOver<Item>({ base, here, words, error, pages, renderLine }: Props<Item>) {
  const over = useOver()
  return (
    <>
      <nav className="x-tabs" aria-label={words.label}>
        <Link to={base} aria-current={over ? undefined : 'page'}>
          {words.open}
        </Link>
        <Link to={`${base}?closed=1`} aria-current={over ? 'page' : undefined}>
          {words.over}
        </Link>
      </nav>
      <StateBlock state={stateOf(pages, pages.items.length === 0)} skeleton="card" title={words.none} hint={words.hint} error={error ?? null} onRetry={() => void pages.refetch()}>
        <ul className="x-list">
          {pages.items.map(renderLine).map(({ key, title, state, about, clock }) => (
            <li key={key}>
              <Link className="x-card-link" to={`${base}/${key}${over ? '?closed=1' : ''}`} aria-current={key === here}>
                <span className="x-card-link-head">
                  <strong>{title}</strong>
                  {state}
                </span>
                <span className="x-dim">{about}</span>
                {clock}
              </Link>
            </li>
          ))}
        </ul>
        <MoreRows pages={pages} />
      </StateBlock>
    </>
  )
}
