/** A place to keep things for tests, in the shape of localStorage and sessionStorage. */
export class MapStorage implements Storage {
  [name: string]: unknown
  get length() {
    return Object.keys(this).length
  }
  clear() {}
  key = () => null
  getItem(key: string) {
    return (this[key] as string | undefined) ?? null
  }
  setItem(key: string, value: string) {
    this[key] = value
  }
  removeItem(key: string) {
    delete this[key]
  }
}
