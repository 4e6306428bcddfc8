import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutFound } from './found'
import { cutLinks } from './links'
import { cutMentions, mentionsIn } from './mentions'
import { findCanned, findTrigger, openPlace, replaceTrigger, type TriggerKind } from './triggers'

const REPLY: ReadonlySet<TriggerKind> = new Set(['canned', 'order'])
const NOTE: ReadonlySet<TriggerKind> = new Set(['person'])
const kindAt = (text: string, kinds = REPLY) => findTrigger(text, text.length, kinds)?.kind ?? null

describe('signs in the editor', () => {
  it.each([
    ['/', 'canned'], ['/ship', 'canned'], ['好的 /发货', 'canned'], ['、发货', 'canned'], ['／发货', 'canned'],
    ['1/2', null], ['a、发货', null], ['/发货 时间', null],
    ['您的订单#61', 'order'], ['#', 'order'], ['＃61', 'order'], ['C#61', null], ['@小', null],
  ])('%s opens %s', (text, kind) => {
    expect(kindAt(text)).toBe(kind)
  })

  it('people are named in notes only, and an address names nobody', () => {
    expect(kindAt('请@小', NOTE)).toBe('person')
    expect(kindAt('a@b', NOTE)).toBeNull()
    expect(kindAt('/发货', NOTE)).toBeNull()
  })

  it('only what stands before the caret counts', () => {
    expect(findTrigger('#61 后面', 3, REPLY)).toMatchObject({ query: '61', from: 0, to: 3 })
    expect(findTrigger('abc /x', 2, REPLY)).toBeNull()
  })

  it('what is chosen takes the place of sign and query, nothing else', () => {
    const trigger = findTrigger('您好 /发货', 6, REPLY)
    expect(trigger && replaceTrigger('您好 /发货，谢谢', trigger, '今天发出')).toEqual({ text: '您好 今天发出，谢谢', caret: 7 })
  })

  it('what nothing was known for is found before it is sent', () => {
    expect(openPlace('由 {{carrier}} 承运，{{tracking}}')).toEqual({ from: 2, to: 13, name: 'carrier' })
    expect(openPlace('{{price}} {carrier} {{ }}')).toBeNull()
  })

  it('a shortcut wins over a title, a title over words', () => {
    const answer = (shortcut: string, title: string, text: string) => ({ shortcut, title, text, topic: '' })
    const answers = [answer('x', '别的', '今天发货'), answer('y', '发货时间', ''), answer('发货', '甲', ''), answer('发', '乙', '')]
    expect(findCanned(answers, '发货').map((each) => each.shortcut)).toEqual(['发货', 'y', 'x'])
    expect(findCanned(answers, '')).toHaveLength(4)
    expect(findCanned(answers, '无')).toEqual([])
  })
})

describe('names in notes', () => {
  const people = [{ id: '1', name: '小王' }, { id: '2', name: '小王子' }, { id: '3', name: '李 明' }]

  it('the longest name that fits is meant', () => {
    expect(mentionsIn('@小王子 看一下，@李 明也看', people)).toEqual(['2', '3'])
    expect(mentionsIn('@小王，＠小王', people)).toEqual(['1'])
    expect(mentionsIn('小王 @ 谁', people)).toEqual([])
  })

  it('the pieces of a note are the note', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('@小王', '@小王子', '@', '小王', ' ', '看')), (parts) => {
        const text = parts.join('')
        expect(cutMentions(text, ['小王', '小王子']).map((piece) => piece.text).join('')).toBe(text)
      }),
    )
    expect(cutMentions('请@小王看', ['小王'])).toEqual([{ text: '请', named: false }, { text: '@小王', named: true }, { text: '看', named: false }])
  })
})

describe('addresses and found words', () => {
  it('an address can be followed, the sign that ends the sentence is not part of it', () => {
    expect(cutLinks('见 https://a.cn/x?y=1。')).toMatchObject([{ href: null }, { href: 'https://a.cn/x?y=1' }, { text: '。' }])
    expect(cutLinks('(http://a.cn/b).')[1]).toMatchObject({ text: 'http://a.cn/b' })
    expect(cutLinks('javascript:alert(1) ftp://a')).toHaveLength(1)
  })

  it('whatever is written, the pieces are what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('http://', 'a.cn', '/x', ' ', '。', '，退款', '"', '<')), (parts) => {
        const text = parts.join('')
        expect(cutLinks(text).map((piece) => piece.text).join('')).toBe(text)
        expect(cutFound(text, '退款').map((piece) => piece.text).join('')).toBe(text)
      }),
    )
  })

  it('found words are marked whatever their case and width', () => {
    expect(cutFound('ＡＢc 退款 abC', 'abc')).toEqual([
      { text: 'ＡＢc', from: 0, found: true },
      { text: ' 退款 ', from: 3, found: false },
      { text: 'abC', from: 7, found: true },
    ])
    expect(cutFound('ﬁx', 'fix')).toEqual([{ text: 'ﬁx', from: 0, found: false }])
  })
})
