import { describe, expect, it, vi } from 'vitest'
import { createApi } from './client'
import { nextAddress } from './page'
import { Refusal } from './refusal'
import { pause, type RetryPlan } from './retry'

const INSTANT: RetryPlan = { tries: 3, random: () => 0, wait: async () => {} }
const ERROR = { error: { kind: 'refused', code: 'guard.blocked', message: '不能这样说', row: 'G1', facts: { word: '最' } } }

function answering(...answers: (Response | Error)[]) {
  const asked: Request[] = []
  const fetch = (async (input: Request) => {
    asked.push(input)
    const answer = answers[Math.min(asked.length, answers.length) - 1]
    if (answer instanceof Error) throw answer
    return answer?.clone() ?? new Response()
  }) as unknown as typeof globalThis.fetch
  return { asked, fetch }
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

const BASE = { baseUrl: 'http://x', retry: INSTANT }
const ENTRIES = '/public/v1/conversations/{conversation}/entries' as const
const SAY = { params: { path: { conversation: 'c1' } }, body: { conversation_id: 'c1', client_id: 'w1', kind: 'text' as const, text: 'hi' } }

describe('the client', () => {
  it('answers with the body and says who asks in which language', async () => {
    const { asked, fetch } = answering(json({ id: 'p1' }))
    const api = createApi({ ...BASE, fetch, token: () => 'secret', language: () => 'ko' })
    await expect(api.GET('/public/v1/me')).resolves.toEqual({ id: 'p1' })
    expect(asked[0]?.headers.get('Authorization')).toBe('Bearer secret')
    expect(asked[0]?.headers.get('Accept-Language')).toBe('ko')
    expect(asked[0]?.headers.get('X-Xiaoer')).toBeNull()
  })

  it('marks every write as coming from our own pages', async () => {
    const { asked, fetch } = answering(json({ version: 1 }))
    await createApi({ ...BASE, fetch }).POST(ENTRIES, SAY)
    expect(asked[0]?.url).toBe('http://x/public/v1/conversations/c1/entries')
    expect(asked[0]?.headers.get('X-Xiaoer')).toBe('1')
    await expect(asked[0]?.json()).resolves.toMatchObject({ client_id: 'w1' })
  })

  it('throws the server’s refusal with row and facts', async () => {
    const { fetch } = answering(json(ERROR, 422))
    const refusal = await createApi({ ...BASE, fetch }).POST(ENTRIES, SAY).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ kind: 'refused', code: 'guard.blocked', message: '不能这样说', row: 'G1', facts: { word: '最' }, status: 422 })
  })

  it('repeats safe reads after a lost line or a restarting server', async () => {
    const { asked, fetch } = answering(new TypeError('lost'), new Response('', { status: 503 }), json({ id: 'p1' }))
    await expect(createApi({ ...BASE, fetch }).GET('/public/v1/me')).resolves.toEqual({ id: 'p1' })
    expect(asked).toHaveLength(3)
  })

  it('never repeats a write', async () => {
    const { asked, fetch } = answering(new TypeError('lost'))
    await expect(createApi({ ...BASE, fetch }).POST(ENTRIES, SAY)).rejects.toMatchObject({ kind: 'unavailable', status: 0 })
    expect(asked).toHaveLength(1)
  })

  it('gives up after three reads, and does not repeat a refusal', async () => {
    const lost = answering(new TypeError('lost'))
    await expect(createApi({ ...BASE, fetch: lost.fetch }).GET('/public/v1/me')).rejects.toMatchObject({ kind: 'unavailable' })
    expect(lost.asked).toHaveLength(3)
    const refused = answering(json({ error: { kind: 'not_found', code: 'x.none' } }, 404))
    await expect(createApi({ ...BASE, fetch: refused.fetch }).GET('/public/v1/me')).rejects.toMatchObject({ kind: 'not_found' })
    expect(refused.asked).toHaveLength(1)
  })

  it('goes to the sign-in when nobody is signed in, but not from the sign-in itself', async () => {
    const onSignedOut = vi.fn<() => void>()
    const { fetch } = answering(json({ error: { kind: 'unauthenticated', code: 'identity.signed_out' } }, 401))
    const api = createApi({ ...BASE, fetch, onSignedOut })
    await expect(api.GET('/public/v1/me')).rejects.toMatchObject({ kind: 'unauthenticated' })
    await expect(api.POST('/public/v1/sign-in', { body: { login: 'a', password: 'b' } })).rejects.toMatchObject({ status: 401 })
    expect(onSignedOut).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['an HTML page of a proxy', new Response('<h1>Bad gateway</h1>', { status: 500 }), 'unavailable', null],
    ['a limit with a time', json({ error: { kind: 'too_many', code: 'plumbing.too_many' } }, 429, { 'Retry-After': '7' }), 'too_many', 7],
    ['a limit without a body', new Response('', { status: 429 }), 'too_many', null],
    ['a kind we do not know', json({ error: { kind: 'strange', code: 'a.b' } }, 409), 'not_now', null],
  ])('reads %s', async (_name, response, kind, retryAfterSeconds) => {
    const { fetch } = answering(response)
    await expect(createApi({ ...BASE, fetch }).POST(ENTRIES, SAY)).rejects.toMatchObject({ kind, retryAfterSeconds })
  })

  it('lets an abandoned read be abandoned', async () => {
    const stop = new AbortController()
    const { asked, fetch } = answering(new DOMException('stopped', 'AbortError'))
    stop.abort()
    await expect(createApi({ ...BASE, fetch }).GET('/public/v1/me', { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked.length).toBeLessThanOrEqual(1)
  })
})

describe('a pause', () => {
  it('doubles, is left to chance by half, and does as the server asks within reason', () => {
    expect([1, 2, 3].map((attempt) => pause(attempt, () => 0, null))).toEqual([100, 200, 400])
    expect(pause(1, () => 0.999, null)).toBeLessThanOrEqual(200)
    expect(pause(20, () => 0.999, null)).toBeLessThanOrEqual(4_000)
    expect(pause(1, () => 0, '2')).toBe(2_000)
    expect(pause(1, () => 0, '3600')).toBe(4_000)
    expect(pause(1, () => 0, 'Wed, 21 Oct 2026 07:28:00 GMT')).toBe(100)
  })
})

describe('the address after the sign-in', () => {
  const at = (next: string) => nextAddress(`?next=${encodeURIComponent(next)}`, 'https://x.example', '/desk/')
  it('stays on this site', () => {
    expect(at('/desk/c/1?view=mine#e5')).toBe('/desk/c/1?view=mine#e5')
    expect(['https://evil.example/', '//evil.example/x', 'javascript:alert(1)', '/\\evil.example', '/signin', ''].map(at)).toEqual(
      Array.from({ length: 6 }, () => '/desk/'),
    )
  })
})
