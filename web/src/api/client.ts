/** The one way pages ask the server: typed by the schema, answers or throws a Refusal. */
import createClient, { type Client, type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch'
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers'
import { readRefusal, unavailable } from './refusal'
import { RETRY, type RetryPlan, retrying } from './retry'
import type { paths } from './schema'

type Answer<Path extends keyof paths, Method extends HttpMethod, Init> =
  paths[Path] extends Record<Method, infer Operation extends Record<string | number, unknown>>
    ? Present<Extract<FetchResponse<Operation, Init, 'application/json'>, { error?: never }>['data']>
    : never

/** An answer without content is undefined. */
type Present<Data> = [Exclude<Data, undefined>] extends [never] ? undefined : Exclude<Data, undefined>

type Rest<Init> = RequiredKeysOf<Init> extends never ? [(Init & Extra)?] : [Init & Extra]
type Extra = Record<string, unknown>

type Ask<Method extends HttpMethod> = <
  Path extends PathsWithMethod<paths, Method>,
  Init extends MaybeOptionalInit<paths[Path], Method>,
>(
  path: Path,
  ...init: Rest<Init>
) => Promise<Answer<Path, Method, Init>>

export interface Api {
  GET: Ask<'get'>
  POST: Ask<'post'>
  PUT: Ask<'put'>
  PATCH: Ask<'patch'>
  DELETE: Ask<'delete'>
}

export interface ApiOptions {
  baseUrl?: string
  /** Bearer token for pages without a cookie (the widget); null = cookie session. */
  token?: () => string | null
  language?: () => string
  /** Called on 401, except for the sign-in itself. */
  onSignedOut?: () => void
  fetch?: typeof fetch
  retry?: RetryPlan
}

export function createApi(options: ApiOptions = {}): Api {
  const send = options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init))
  const client = createClient<paths>({
    baseUrl: options.baseUrl ?? (typeof location === 'undefined' ? '' : location.origin),
    credentials: 'same-origin',
    fetch: retrying(options.retry ?? RETRY, send),
  })
  client.use({
    onRequest({ request }) {
      const token = options.token?.()
      if (token) request.headers.set('Authorization', `Bearer ${token}`)
      if (options.language) request.headers.set('Accept-Language', options.language())
      if (!['GET', 'HEAD'].includes(request.method)) request.headers.set('X-Xiaoer', '1')
      return request
    },
  })
  return {
    GET: ask(client, 'GET', options),
    POST: ask(client, 'POST', options),
    PUT: ask(client, 'PUT', options),
    PATCH: ask(client, 'PATCH', options),
    DELETE: ask(client, 'DELETE', options),
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Loose = (path: string, init?: unknown) => Promise<{ data?: unknown; error?: unknown; response: Response }>

/** The types are settled in `Api`; inside, one loose function serves all methods. */
function ask<M extends HttpMethod>(client: Client<paths>, method: Method, options: ApiOptions): Ask<M> {
  const call = client[method] as unknown as Loose
  const asked = async (path: string, init?: unknown): Promise<unknown> => {
    let result: Awaited<ReturnType<Loose>>
    try {
      result = await call(path, init)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw unavailable()
    }
    if (result.response.ok) return result.data
    const refusal = readRefusal(result.error, result.response.status, result.response.headers.get('Retry-After'))
    if (refusal.kind === 'unauthenticated' && path !== '/public/v1/sign-in') options.onSignedOut?.()
    throw refusal
  }
  return asked as unknown as Ask<M>
}
