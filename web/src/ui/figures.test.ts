import { describe, expect, it } from 'vitest'
import { formatFigure, formatPercent } from './figures'

describe('figures', () => {
  it('are written as the reader’s language writes them', () => {
    expect([formatFigure(70.5, 'es'), formatFigure(70.5, 'zh-Hans'), formatFigure(76, 'es'), formatFigure(83.333, 'en')]).toEqual(['70,5', '70.5', '76', '83.3'])
    expect([formatFigure(5, 'en', 1), formatFigure(0.615, 'es', 2), formatFigure(-0.1, 'en', 2)]).toEqual(['5.0', '0,62', '-0.10'])
  })

  it('are shares with the sign where it belongs', () => {
    expect([formatPercent(33, 'es'), formatPercent(33, 'ko'), formatPercent(99.5, 'en'), formatPercent(100, 'zh-Hant')]).toEqual(['33\u00a0%', '33%', '99.5%', '100%'])
  })

  it('are a dash where there are none', () => {
    expect([formatFigure(null, 'en'), formatPercent(undefined, 'es')]).toEqual(['–', '–'])
  })
})
