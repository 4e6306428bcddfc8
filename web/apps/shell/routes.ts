import type { ComponentType, ReactNode } from 'react'

/** One page of an app: its address, where its code is, and how the navigation calls it. */
export interface AppRoute {
  /** Inside the app, e.g. `queue/:conversation?`. */
  path: string
  /** A page is a default export, fetched when first opened. */
  page: () => Promise<{ default: ComponentType }>
  /** Present = stands in the navigation. */
  nav?: {
    /** Key of the catalogue with its domain: `routing:nav.queues`. */
    label: string
    icon?: ReactNode
    /** Sections of one group stand together, with a line before the next group. */
    group?: string
    /** Shown only to those whose rights name this deed. */
    deed?: string
    /** Address to open, when the path has parameters. */
    to?: string
    /** Where pages begin that belong to this section, too: `/appeals`. */
    also?: readonly string[]
  }
}
