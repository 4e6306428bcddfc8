/** Fails when the first page of an app travels with more than its budget (sizes.json), compressed by gzip. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const pages = fileURLToPath(new URL('../../src/xiaoer/pages/', import.meta.url))
const budgets = JSON.parse(readFileSync(new URL('../sizes.json', import.meta.url), 'utf8'))
const manifest = JSON.parse(readFileSync(`${pages}.vite/manifest.json`, 'utf8'))

/** Everything a chunk needs before it can run, itself included: files of code and of style. */
function closure(key, found = new Map()) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`sizes.json names ${key}, which is not in the build`)
  if (found.has(chunk.file)) return found
  found.set(chunk.file, gzipSync(readFileSync(pages + chunk.file), { level: 9 }).length)
  for (const file of chunk.css ?? []) found.set(file, gzipSync(readFileSync(pages + file), { level: 9 }).length)
  for (const next of chunk.imports ?? []) closure(next, found)
  return found
}

/** A page that an app opens later, not first, must not stand in for the first one. */
function assertOpens(app, entry, page) {
  const own = manifest[entry]?.dynamicImports ?? []
  if (!own.includes(page)) throw new Error(`sizes.json: ${page} is not a page of ${app}; its pages are ${own.join(', ')}`)
}

let failed = false
for (const [app, { entry, first, besides, budget_bytes: budget }] of Object.entries(budgets)) {
  if (first) assertOpens(app, entry, first)
  const files = new Map()
  for (const key of [entry, first, ...(besides ?? [])]) if (key) closure(key, files)
  const total = [...files.values()].reduce((sum, size) => sum + size, 0)
  const over = total > budget
  failed ||= over
  console.log(`${over ? 'TOO BIG' : 'ok     '} ${app.padEnd(10)} ${kilo(total)} of ${kilo(budget)}`)
  if (over || process.argv.includes('--files')) {
    for (const [file, size] of [...files].toSorted((a, b) => b[1] - a[1])) console.log(`          ${kilo(size)}  ${file}`)
  }
}
process.exitCode = failed ? 1 : 0

function kilo(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9)
}
