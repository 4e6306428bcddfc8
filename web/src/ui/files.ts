/** Which files may be given, before they travel; the server looks again at the bytes. */

export interface FileRules {
  /** Types or endings, as of `<input accept>`: `image/*`, `application/pdf`, `.zip`. */
  accept?: readonly string[]
  maxBytes?: number
}

export interface FileTrouble {
  file: File
  reason: 'too_big' | 'wrong_type' | 'empty'
}

export function sortFiles(files: readonly File[], { accept = [], maxBytes }: FileRules): { good: File[]; bad: FileTrouble[] } {
  const good: File[] = []
  const bad: FileTrouble[] = []
  for (const file of files) {
    if (file.size === 0) bad.push({ file, reason: 'empty' })
    else if (maxBytes !== undefined && file.size > maxBytes) bad.push({ file, reason: 'too_big' })
    else if (accept.length > 0 && !accept.some((rule) => fits(file, rule))) bad.push({ file, reason: 'wrong_type' })
    else good.push(file)
  }
  return { good, bad }
}

function fits(file: File, rule: string): boolean {
  if (rule.startsWith('.')) return file.name.toLowerCase().endsWith(rule.toLowerCase())
  if (rule.endsWith('/*')) return file.type.startsWith(rule.slice(0, -1))
  return file.type === rule
}

/** `10485760` → `10 MB`, in the reader's language. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  let size = bytes
  let unit = 0
  while (size >= 1_024 && unit < units.length - 1) {
    size /= 1_024
    unit += 1
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0,
  }).format(size)
}

/** Files of a paste or drop; a screenshot comes without a useful name. */
export function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files] : []
}
