/** A file on its way to the import, with progress; `fetch` cannot tell how much has gone out. */
import { type Answer, asRefusal } from '@/api'
import { readRefusal, unavailable } from '@/api/refusal'

export type Summary = Answer<'/platform/v1/imports', 'post'>

export interface ImportOptions {
  format: string
  kind?: string
  shop?: string
  strict: boolean
  language: string
}

export function sendImport(file: File, options: ImportOptions, onShare: (share: number) => void): Promise<Summary> {
  const query = new URLSearchParams({ format: options.format, strict: String(options.strict) })
  if (options.kind) query.set('kind', options.kind)
  if (options.shop) query.set('shop', options.shop)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/platform/v1/imports?${query}`)
    request.setRequestHeader('X-Xiaoer', '1')
    request.setRequestHeader('Accept-Language', options.language)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () => reject(unavailable()))
    request.addEventListener('load', () => {
      const body = parse(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as Summary)
      else reject(asRefusal(readRefusal(body, request.status)))
    })
    request.send(file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
