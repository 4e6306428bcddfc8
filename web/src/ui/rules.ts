/** How a rulebook is called: the profile it starts from and the number of its edition. */

const PROFILES = ['taobao', 'jd', 'eu', 'retail'] as const

export interface RulesOf {
  profile: (typeof PROFILES)[number]
  /** 0: as delivered, nothing changed yet. */
  edition: number
}

/** `taobao.14` → Taobao, 14; null for what is no such name. */
export function readRules(version: string): RulesOf | null {
  const [name, number, ...more] = version.split('.')
  const profile = PROFILES.find((one) => one === name)
  return profile && number && /^\d+$/.test(number) && more.length === 0 ? { profile, edition: Number(number) } : null
}
