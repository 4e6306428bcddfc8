/** Signs in the editor that open a list: `/` prepared answers, `#` orders, `@` colleagues. Pure. */

export type TriggerKind = 'canned' | 'order' | 'person'

export interface Trigger {
  kind: TriggerKind
  /** What was typed after the sign. */
  query: string
  /** The sign and the query in the text: [from, to). */
  from: number
  to: number
}

const LONGEST_QUERY = 24

/** Full-width signs and the `、` of a Chinese keyboard's slash key count as well. */
const SIGNS: Record<string, TriggerKind> = { '/': 'canned', '／': 'canned', '、': 'canned', '#': 'order', '＃': 'order', '@': 'person', '＠': 'person' }

/** The sign before the caret that is being written after, if it opens a list here. */
export function findTrigger(text: string, caret: number, kinds: ReadonlySet<TriggerKind>): Trigger | null {
  const start = Math.max(0, caret - LONGEST_QUERY - 1)
  for (let from = caret - 1; from >= start; from -= 1) {
    const sign = text[from] ?? ''
    if (/\s/.test(sign)) return null
    const kind = SIGNS[sign]
    if (!kind) continue
    if (!kinds.has(kind) || !mayStand(kind, sign, text, from)) return null
    return { kind, query: text.slice(from + 1, caret), from, to: caret }
  }
  return null
}

function mayStand(kind: TriggerKind, sign: string, text: string, from: number): boolean {
  const before = text[from - 1] ?? ''
  // A comma-like sign stands inside every Chinese sentence: only the first of the text is meant.
  if (sign === '、') return from === 0
  if (kind === 'canned') return before === '' || /\s/.test(before)
  // Not inside an address or a number: a@b.cn, C#.
  return !/[\w.]/.test(before)
}

export interface Edited {
  text: string
  caret: number
}

/** The text with the sign and its query replaced. */
export function replaceTrigger(text: string, trigger: Pick<Trigger, 'from' | 'to'>, by: string): Edited {
  return { text: text.slice(0, trigger.from) + by + text.slice(trigger.to), caret: trigger.from + by.length }
}

export type Variable = 'agent' | 'amount' | 'buyer' | 'carrier' | 'order' | 'product' | 'shop' | 'state' | 'tracking'

const PLACE = /\{\{(agent|amount|buyer|carrier|order|product|shop|state|tracking)\}\}/

/** The first place of a prepared answer that nothing was known for: nobody shall read it. */
export function openPlace(text: string): { from: number; to: number; name: Variable } | null {
  const found = PLACE.exec(text)
  return found ? { from: found.index, to: found.index + found[0].length, name: found[1] as Variable } : null
}

/** Something put where the caret is (an emoji, an order number). */
export function insertAt(text: string, from: number, to: number, what: string): Edited {
  return replaceTrigger(text, { from, to }, what)
}

/** Prepared answers for what was typed: by shortcut first, then by title, then by words. */
export function findCanned<Answer extends { shortcut: string; title: string; text: string; topic: string }>(
  answers: readonly Answer[],
  query: string,
): Answer[] {
  const wanted = query.normalize('NFKC').toLowerCase()
  if (wanted === '') return [...answers]
  const rank = (answer: Answer): number => {
    const shortcut = answer.shortcut.toLowerCase()
    if (shortcut === wanted) return 0
    if (shortcut.startsWith(wanted)) return 1
    if (answer.title.toLowerCase().includes(wanted)) return 2
    return `${answer.topic} ${answer.text}`.toLowerCase().includes(wanted) ? 3 : 9
  }
  return answers.filter((answer) => rank(answer) < 9).toSorted((a, b) => rank(a) - rank(b))
}
