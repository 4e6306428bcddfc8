/** How a buyer comes in: with the marketplace's signature, or as a visitor who is known again on this machine. */
import type { Api } from '@/api/client'
import { asRefusal } from '@/api/refusal'
import type { Me } from '@/api/wire'
import type { WidgetSettings } from '../loader/settings'

export interface Entrance {
  token: string
  me: Me
}

export async function enter(api: Api, settings: WidgetSettings, tokens: TokenBox): Promise<Entrance> {
  const { marketplace, buyer_id, identifier_hash, name, email, phone } = settings
  tokens.choose(`${marketplace}/${buyer_id ?? 'visitor'}/${buyer_id ? '' : settings.shop}`)
  const known = await remembered(api, tokens)
  if (known) return known
  const entrance =
    buyer_id && identifier_hash
      ? await api.POST('/public/v1/identify', {
          body: {
            marketplace,
            buyer_id,
            identifier_hash,
            ...(name ? { display_name: name } : {}),
            ...(email ? { email } : {}),
            ...(phone ? { phone } : {}),
          },
        })
      : await api.POST('/public/v1/visit', { body: { marketplace, shop_id: settings.shop } })
  tokens.set(entrance.token)
  return entrance
}

async function remembered(api: Api, tokens: TokenBox): Promise<Entrance | null> {
  const token = tokens.get()
  if (!token) return null
  try {
    return { token, me: await api.GET('/public/v1/me') }
  } catch (error) {
    if (asRefusal(error).kind !== 'unauthenticated') throw error
    tokens.set(null)
    return null
  }
}

/** The token of the one who is here, kept for his return. */
export class TokenBox {
  #key = ''
  #token: string | null = null

  choose(who: string): void {
    this.#key = `xiaoer.token.${who}`
    this.#token = read(this.#key)
  }

  readonly get = (): string | null => this.#token

  set(token: string | null): void {
    this.#token = token
    try {
      if (token === null) localStorage.removeItem(this.#key)
      else localStorage.setItem(this.#key, token)
    } catch {
      // a frame without storage is entered anew each time
    }
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
