/** Which buttons stand where: drawn from what the server allows and nothing else. */

/** One deed the viewer could do with an object; the code says why not. */
export interface ServerDeed {
  deed: string
  allowed: boolean
  code?: string | null
}

export interface ActionLook {
  /** The verb, with amount and currency when money moves. */
  label: string
  run: () => unknown
  primary?: boolean
  danger?: boolean
  /** What will happen, in one sentence: for deeds that cannot be undone. */
  consequence?: string
  /** Not drawn at all while refused (for deeds that would only clutter). */
  hideRefused?: boolean
  shortcut?: string
}

export interface DrawnAction extends ActionLook {
  deed: string
  allowed: boolean
  code: string | null
}

/** Server's order, the primary one last (on the right); unknown deeds have no button here. */
export function drawActions(deeds: readonly ServerDeed[], looks: Readonly<Record<string, ActionLook>>): DrawnAction[] {
  const drawn: DrawnAction[] = []
  for (const { deed, allowed, code } of deeds) {
    const look = looks[deed]
    if (!look || (!allowed && look.hideRefused)) continue
    drawn.push({ ...look, deed, allowed, code: code ?? null })
  }
  const primary = drawn.find((action) => action.primary && action.allowed)
  return primary ? [...drawn.filter((action) => action !== primary), primary] : drawn
}
