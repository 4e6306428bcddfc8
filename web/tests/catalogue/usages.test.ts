import { describe, expect, it } from 'vitest'
import { baseOf, placeholdersOf } from './read'
import { type Found, readUsages } from './usages'

const read = (text: string) => readUsages(text, 'x.tsx', { usages: [], unclear: [], literals: new Set() } satisfies Found)
const short = (text: string) => read(text).usages.map(({ domain, pieces, given }) => [domain, pieces.join('*'), given?.join(',') ?? null])

describe('the reader of pages', () => {
  it('finds calls with their domain and their facts', () => {
    const text = `function A() { const { t } = useTranslation('routing'); return t('queue.name', { name, count: 2 }) }`
    expect(short(text)).toEqual([['routing', 'queue.name', 'name,count']])
  })

  it('finds an address whose end is filled in, on its way to a t', () => {
    expect(short('const key = `measures:kind.${word}`; const other = `no address ${word}`')).toEqual([['measures', 'kind.*', null]])
  })

  it('finds the nearest t', () => {
    const text = `
      function A() { const { t } = useTranslation('a'); return t('x') }
      function B() { const { t } = useTranslation(['b', 'ui']); return () => t(yes ? 'y' : 'z') }
      function c(t: TFunction<'c'>) { return t('w') }`
    expect(short(text).map(([domain, key]) => `${domain}:${key}`)).toEqual(['a:x', 'b:y', 'b:z', 'c:w'])
  })

  it('reads other domains, filled-in keys and addresses', () => {
    const text = `
      const { t } = useTranslation('a')
      t('ui:action.retry'); t(\`state.\${state}.name\`, facts); i18n.t('ui:app.name')
      const nav = { label: 'orders:nav.orders' }`
    expect(short(text)).toEqual([
      ['ui', 'action.retry', ''],
      ['a', 'state.*.name', null],
      ['ui', 'app.name', ''],
      ['orders', 'nav.orders', null],
    ])
  })

  it('says when it cannot tell the domain', () => {
    expect(read(`function A(t) { return t('x') }`).unclear).toEqual(['x.tsx:1'])
  })
})

describe('the reader of the catalogue', () => {
  it('knows plural forms from words that only look like them', () => {
    const file = { unread_one: '{{count}}', unread_other: '{{count}} {{name}}', 'refused.too_many': '' }
    expect(Object.keys(file).map((key) => baseOf(key, file))).toEqual(['unread', 'unread', 'refused.too_many'])
    expect([...placeholdersOf('unread', file)]).toEqual(['count', 'name'])
  })
})
