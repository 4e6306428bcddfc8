/** The only place where colours, sizes and fonts are chosen. */
import { theme as antd, type ThemeConfig } from 'antd'

export type Mode = 'light' | 'dark'
/** Compact in desk and bench, comfortable for buyers. */
export type Density = 'compact' | 'comfortable'

export const FONT_STACK = [
  '-apple-system',
  'BlinkMacSystemFont',
  '"PingFang SC"',
  '"Hiragino Sans GB"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  'system-ui',
  'sans-serif',
].join(', ')

/** One accent; red only for breach and block, orange for due soon, green for settled, grey for waiting on others. */
const COLOURS = {
  light: { accent: '#2257c7', breach: '#c4302b', soon: '#a85a00', settled: '#1c7a45', waiting: '#5b6472' },
  dark: { accent: '#7aa5ff', breach: '#ff8a80', soon: '#f2b15c', settled: '#6fcf97', waiting: '#a3adbb' },
} as const

export type Tone = keyof (typeof COLOURS)['light']

export function tone(mode: Mode, name: Tone): string {
  return COLOURS[mode][name]
}

/** antd's compact sizes without its smaller letters: dense, but read for eight hours. */
const compactSizes: typeof antd.compactAlgorithm = (seed, map) => {
  const base = map ?? antd.defaultAlgorithm(seed)
  const compact = antd.compactAlgorithm(seed, base)
  const letters = Object.entries(base).filter(([name]) => /^(fontSize|lineHeight|fontHeight)/.test(name))
  return { ...compact, ...Object.fromEntries(letters) }
}

export interface Taste {
  mode: Mode
  density: Density
  /** Nothing moves: antd then waits for no motion to end either. */
  still?: boolean
}

export function themeFor({ mode, density, still = false }: Taste): ThemeConfig {
  const colours = COLOURS[mode]
  const algorithm = [mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm]
  if (density === 'compact') algorithm.push(compactSizes)
  return {
    algorithm,
    token: {
      borderRadius: 6,
      fontSize: 14,
      lineHeight: 1.5,
      fontFamily: FONT_STACK,
      colorPrimary: mode === 'dark' ? '#4c7be0' : colours.accent,
      colorPrimaryHover: mode === 'dark' ? '#3f6bcb' : '#1b48a8',
      colorLink: colours.accent,
      colorLinkHover: mode === 'dark' ? '#a5c2ff' : '#1b48a8',
      colorError: colours.breach,
      colorWarning: colours.soon,
      colorSuccess: colours.settled,
      // What antd mixes from such dark seeds is too grey to read them on.
      ...(mode === 'light'
        ? { colorSuccessBg: '#e7f5ec', colorSuccessBorder: '#a6d6b8', colorWarningBg: '#fdf2e2', colorWarningBorder: '#ecc78f' }
        : {}),
      ...(mode === 'light'
        ? { colorTextDescription: '#5b6472', colorTextPlaceholder: '#667080' }
        : { colorTextDescription: '#a3adbb', colorTextPlaceholder: '#98a2b0' }),
      ...(density === 'comfortable' ? { controlHeight: 40 } : { controlHeight: 30 }),
      // Not pure black: letters that glow tire the eye.
      ...(mode === 'dark' ? { colorBgBase: '#14171c' } : {}),
      wireframe: false,
      motion: !still,
    },
    components: { Layout: { headerHeight: 48, headerPadding: '0 16px' } },
  }
}
