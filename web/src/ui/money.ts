/** Amounts are integers of the smallest unit; the currency says how many digits that is. */

/** Points stand where a currency does; ISO 4217 does not know them. */
const POINTS = 'PTS'

export function fractionDigits(currency: string): number {
  if (currency === POINTS) return 0
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** `12800, 'CNY', 'zh-Hans'` → `¥128.00`. Exact: no binary fraction is ever formed. */
export function formatMoney(minor: number | bigint, currency: string, language: string): string {
  const digits = fractionDigits(currency)
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  // Intl formats decimal strings exactly; older typings know only numbers.
  return format.format(decimalString(BigInt(minor), digits) as unknown as number)
}

/** `-5, 2` → `-0.05` */
export function decimalString(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : ''
  const figures = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  if (digits === 0) return sign + figures
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`
}

/** What a person typed, as minor units; null when it is no exact amount. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = fractionDigits(currency)
  const clean = text.normalize('NFKC').replaceAll(/[\s,¥$€₩]/g, '')
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(clean)
  if (!match) return null
  const fraction = match[3] ?? ''
  if (fraction.length > digits) return null
  const minor = Number(`${match[2]}${fraction.padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(minor)) return null
  return match[1] === '-' ? -minor : minor
}
