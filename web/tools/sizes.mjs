/**
 * Fails when the first page of an app travels with more than its budget (sizes.json), compressed by gzip.
 * Counted are the app, the first page of its routes (or `first`), what these need before they can run, the Chinese
 * words of the named domains, antd's Chinese words, and whatever stands in `besides`.
 */
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

/** The first page of an app is the first of its routes; another one may be named only if the app opens it. */
function firstPage(entry, named) {
  const own = manifest[entry]?.dynamicImports ?? []
  if (named && !own.includes(named)) throw new Error(`sizes.json: ${named} is no page of ${entry}: ${own.join(', ')}`)
  return named ?? own[0]
}

let failed = false
for (const [app, budgetOf] of Object.entries(budgets)) {
  const { entry = `${app}/index.html`, first, words, antd = true, besides = [], budget_bytes: budget } = budgetOf
  const page = firstPage(entry, first)
  const keys = [
    entry,
    ...(page ? [page] : []),
    ...words.map((domain) => `../../src/xiaoer/catalogue/zh-Hans/${domain}.json`),
    ...(antd ? ['../node_modules/antd/es/locale/zh_CN.js'] : []),
    ...besides,
  ]
  const files = new Map()
  for (const key of keys) closure(key, files)
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
