/** What the page of the shop tells the widget, and what they say to each other afterwards. */

export interface WidgetSettings {
  marketplace: string
  shop: string
  /** The buyer as the marketplace knows him, with its signature; absent = a visitor. */
  buyer_id?: string
  identifier_hash?: string
  name?: string
  email?: string
  phone?: string
  language?: string
}

/** From the widget's frame to the page around it. */
export type FromWidget =
  | { xiaoer: 'hello' }
  | { xiaoer: 'unread'; count: number }
  | { xiaoer: 'close' }
  | { xiaoer: 'text'; open: string; close: string; title: string }

/** From the page into the frame. */
export type ToWidget = { xiaoer: 'settings'; settings: WidgetSettings } | { xiaoer: 'shown'; shown: boolean }
