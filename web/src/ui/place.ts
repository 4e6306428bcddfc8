/** Where a list stood, for as long as the visit lasts. */

const places = new Map<string, number>()

export function savePlace(key: string, offset: number): void {
  places.set(key, offset)
}

export function readPlace(key: string): number | null {
  return places.get(key) ?? null
}
