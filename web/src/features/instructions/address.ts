/** The parts of an address. Pure. */

const PARTS: readonly string[] = ['name', 'phone', 'province', 'city', 'district', 'text']

/** The parts that an address has; where there is none yet, those that everybody has. */
export function partsOf(address: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(address)
  return names.length > 0 ? names : PARTS
}
