import { describe, expect, it } from 'vitest'
import { addressOf, type InForce, promised, rangeOf } from './promises'

function entry(name: string, value: unknown, rest: object = {}, source = 'shipped'): InForce {
  return { parameter: { name, type: 'integer', scope: 'shop', minimum: 1, maximum: 100, ...rest }, value, source } as unknown as InForce
}

describe('what a shop may promise', () => {
  it('is a list in a fixed order, of the shop’s own numbers only', () => {
    const all = [entry('after_sale.promise_percent', 0), entry('after_sale.aftersale_handle', 24), entry('after_sale.repair', 30, { scope: 'marketplace' }), entry('guard.words', 1)]
    expect(promised(all).map(({ parameter }) => parameter.name)).toEqual(['after_sale.aftersale_handle', 'after_sale.promise_percent'])
  })

  it('goes only towards what is better for the buyer', () => {
    expect(rangeOf(entry('a', 24, { better: 'lower' }))).toEqual({ minimum: 1, maximum: 24 })
    expect(rangeOf(entry('a', 15, { better: 'higher' }))).toEqual({ minimum: 15, maximum: 100 })
    expect(rangeOf(entry('a', 20, {}))).toEqual({ minimum: 1, maximum: 100 })
  })

  it('never passes the law', () => {
    expect(rangeOf(entry('a', 5, { better: 'lower', ceiling: 7 }, 'shop'))).toEqual({ minimum: 1, maximum: 7 })
    expect(rangeOf(entry('a', 120, { better: 'higher', floor: 90, maximum: 730 }, 'shop'))).toEqual({ minimum: 90, maximum: 730 })
  })

  it('the address is three texts', () => {
    expect(addressOf([entry('after_sale.return_name', '仓库'), entry('after_sale.return_text', '桂枝路 9 号')])).toEqual({ name: '仓库', phone: '', text: '桂枝路 9 号' })
  })
})
