import { describe, expect, it } from 'vitest'
import { type Command, findCommands } from './commands'
import { formatBytes, sortFiles } from './files'
import { drawActions } from './nextActions'
import { stateOf } from './StateBlock'

const run = () => {}

describe('next actions', () => {
  const looks = { agree: { label: '同意退款 ¥128.00', run, primary: true }, refuse: { label: '拒绝', run }, merge: { label: '合并', run, hideRefused: true } }

  it('are what the server listed, in its order, the primary one last', () => {
    const drawn = drawActions([{ deed: 'agree', allowed: true }, { deed: 'refuse', allowed: false, code: 'x.late' }, { deed: 'unknown', allowed: true }], looks)
    expect(drawn.map((each) => [each.deed, each.allowed, each.code])).toEqual([['refuse', false, 'x.late'], ['agree', true, null]])
  })

  it('do not stand where the server says nothing', () => {
    expect(drawActions([], looks)).toEqual([])
    expect(drawActions([{ deed: 'merge', allowed: false }], looks)).toEqual([])
  })

  it('a refused primary one stays in its place', () => {
    expect(drawActions([{ deed: 'agree', allowed: false }, { deed: 'refuse', allowed: true }], looks).map((each) => each.deed)).toEqual(['agree', 'refuse'])
  })
})

describe('commands', () => {
  const commands: Command[] = [
    { id: 'close', label: '关闭会话', words: 'close end', run },
    { id: 'queue', label: '打开排队', words: 'queue', run },
    { id: 'quiet', label: 'Queue later', run },
  ]
  const ids = (text: string) => findCommands(commands, text).map((each) => each.id)

  it('are found by any of their words, what begins so first', () => {
    expect(ids('关闭')).toEqual(['close'])
    expect(ids('queue')).toEqual(['quiet', 'queue'])
    expect(ids('ＱＵＥＵＥ 打开')).toEqual(['queue'])
    expect(ids('')).toHaveLength(3)
    expect(ids('nothing')).toEqual([])
  })
})

describe('files', () => {
  const file = (name: string, type: string, size: number) => new File([new Uint8Array(size)], name, { type })

  it('are told apart before they travel', () => {
    const { good, bad } = sortFiles(
      [file('a.png', 'image/png', 10), file('b.exe', 'application/x-msdownload', 10), file('c.PDF', '', 10), file('d.png', 'image/png', 99), file('e.png', 'image/png', 0)],
      { accept: ['image/*', '.pdf'], maxBytes: 50 },
    )
    expect(good.map((each) => each.name)).toEqual(['a.png', 'c.PDF'])
    expect(bad.map((each) => [each.file.name, each.reason])).toEqual([['b.exe', 'wrong_type'], ['d.png', 'too_big'], ['e.png', 'empty']])
  })

  it('are measured in the reader’s words', () => {
    expect(formatBytes(10 * 1_024 * 1_024, 'en')).toBe('10 MB')
    expect(formatBytes(1_536, 'en')).toBe('1.5 kB')
  })
})

describe('a list’s state', () => {
  it('is one of four', () => {
    expect(stateOf({ isPending: true, isError: false }, true)).toBe('loading')
    expect(stateOf({ isPending: false, isError: true }, true)).toBe('error')
    expect(stateOf({ isPending: false, isError: false }, true)).toBe('empty')
    expect(stateOf({ isPending: false, isError: false }, false)).toBe('ready')
  })
})
