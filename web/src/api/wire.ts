/** The things on the wire, by the names pages use. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type SignIn = Schemas['SignIn']
export type Entry = Schemas['Entry']
export type DeskEntry = Schemas['DeskEntry']
export type Wish = Schemas['Wish']
export type Deed = Schemas['Deed']
export type Summary = Schemas['Summary']
export type Place = Schemas['Place']
export type BuyerConversation = Schemas['BuyerConversation']
export type StoredFile = Schemas['File']

/** Every list of the server: newest cursor convention, `starting_after = next_cursor`. */
export interface Page<Item> {
  data: Item[]
  has_more: boolean
  next_cursor: string | null
}
