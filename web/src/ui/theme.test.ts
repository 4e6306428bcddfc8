import { theme as antd } from 'antd'
import { describe, expect, it } from 'vitest'
import { type Mode, themeFor, tone, type Tone } from './theme'

/** WCAG 2: relative luminance and contrast of two colours written as #rrggbb. */
function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const TONES: Tone[] = ['accent', 'breach', 'soon', 'settled', 'waiting']
const MODES: Mode[] = ['light', 'dark']

describe('colours', () => {
  it.each(MODES.flatMap((mode) => TONES.map((name) => [mode, name] as const)))('%s %s can be read on its ground', (mode, name) => {
    const token = antd.getDesignToken(themeFor({ mode, density: 'compact' }))
    expect(contrast(tone(mode, name), token.colorBgContainer)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(MODES)('white on the primary button can be read (%s)', (mode) => {
    const token = antd.getDesignToken(themeFor({ mode, density: 'compact' }))
    for (const ground of [token.colorPrimary, token.colorPrimaryHover]) expect(contrast('#ffffff', ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('density changes sizes, not the radius', () => {
    const compact = antd.getDesignToken(themeFor({ mode: 'light', density: 'compact' }))
    const comfortable = antd.getDesignToken(themeFor({ mode: 'light', density: 'comfortable' }))
    expect([compact.borderRadius, comfortable.borderRadius]).toEqual([6, 6])
    expect(compact.controlHeight).toBeLessThan(comfortable.controlHeight)
    expect([compact.fontSize, comfortable.fontSize]).toEqual([14, 14])
  })
})
