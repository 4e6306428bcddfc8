import type { BackendModule, ReadCallback } from 'i18next'

type Sentences = Record<string, string>

const files = import.meta.glob<Sentences>('../../../src/xiaoer/catalogue/*/*.json', { import: 'default' })

const loaders = new Map(
  Object.entries(files).map(([path, load]) => {
    const [language, file] = path.split('/').slice(-2)
    return [`${language}/${file?.replace(/\.json$/, '')}`, load]
  }),
)

/** Reads one language of one domain when a page first needs it. */
export const catalogue: BackendModule = {
  type: 'backend',
  init() {},
  read(language: string, domain: string, done: ReadCallback) {
    const load = loaders.get(`${language}/${domain}`)
    if (!load) {
      done(null, {})
      return
    }
    void answer(load, done)
  },
}

/** i18next repeats a failed reading by itself when told that it may. */
async function answer(load: () => Promise<Sentences>, done: ReadCallback): Promise<void> {
  try {
    done(null, await load())
  } catch (error) {
    done(error instanceof Error ? error : String(error), true)
  }
}
