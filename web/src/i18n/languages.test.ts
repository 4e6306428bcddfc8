import { describe, expect, it } from 'vitest'
import { chooseLanguage, nearestLanguage } from './languages'

describe('languages', () => {
  it.each([
    ['zh', 'zh-Hans'], ['zh-CN', 'zh-Hans'], ['zh-SG', 'zh-Hans'], ['zh-TW', 'zh-Hant'], ['zh_HK', 'zh-Hant'], ['zh-MO', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'], ['zh-Hans-HK', 'zh-Hans'], ['zh-Hant-CN', 'zh-Hant'], ['EN-gb', 'en'], ['es-419', 'es'], ['ja', 'ja'], ['ko-KR', 'ko'],
    ['fr', null], ['', null], [null, null],
  ])('%s is %s', (tag, language) => {
    expect(nearestLanguage(tag)).toBe(language)
  })

  it('the profile wins, then the machine’s choice, then the browser, then Chinese', () => {
    expect(chooseLanguage({ profile: 'ja', stored: 'en', browser: ['ko'] })).toBe('ja')
    expect(chooseLanguage({ profile: null, stored: 'en', browser: ['ko'] })).toBe('en')
    expect(chooseLanguage({ stored: 'tlh', browser: ['fr-FR', 'zh-TW', 'en'] })).toBe('zh-Hant')
    expect(chooseLanguage({ browser: ['fr'] })).toBe('zh-Hans')
  })
})
