import type { Resources } from './resources'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    keySeparator: false
    contextSeparator: '\u0000'
    returnNull: false
    resources: Resources
  }
}
