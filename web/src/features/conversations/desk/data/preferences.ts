/** What an agent sets for himself on this machine. */

const UNDO_KEY = 'xiaoer.desk.undo_seconds'
const SHOP_KEY = 'xiaoer.desk.shop'

export const UNDO_CHOICES = [0, 3, 5, 10] as const
const UNDO_USUAL = 5

export function undoSeconds(): number {
  const kept = read(UNDO_KEY)
  const seconds = kept === null ? UNDO_USUAL : Number(kept)
  return UNDO_CHOICES.some((choice) => choice === seconds) ? seconds : UNDO_USUAL
}

export function setUndoSeconds(seconds: number): void {
  write(UNDO_KEY, String(seconds))
}

export function lastShop(): string | null {
  return read(SHOP_KEY)
}

export function setLastShop(shop: string): void {
  write(SHOP_KEY, shop)
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // the choice then lasts as long as the page
  }
}
