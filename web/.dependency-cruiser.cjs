/** Who may import whom; the sentence of each rule says why it exists. */
const base = '^src/(ui|i18n|api|realtime)/'

module.exports = {
  forbidden: [
    {
      name: 'features-are-islands',
      comment: 'A feature may be read, tested and removed alone: it never imports another feature.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/([^/]+)/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'features-stand-on-the-common-floor',
      comment: 'Inside the project a feature sees only itself and ui, api, realtime, i18n.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^(src|apps|tools|tests)/', pathNot: [`^src/features/$1/`, base, '^tests/'] },
    },
    {
      name: 'only-apps-compose',
      comment: 'The common floor does not know who stands on it.',
      severity: 'error',
      from: { path: base },
      to: { path: '^(src/features|apps)/' },
    },
    {
      name: 'ui-knows-no-domain',
      comment: 'Buttons and lists know words, not shops, sockets or addresses.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/(api|realtime|features)/' },
    },
    {
      name: 'i18n-knows-nobody',
      severity: 'error',
      from: { path: '^src/i18n/' },
      to: { path: '^(src/(ui|api|realtime|features)|apps)/' },
    },
    {
      name: 'api-knows-only-words',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: '^(src/(ui|realtime|features)|apps)/' },
    },
    {
      name: 'realtime-knows-only-the-wire',
      severity: 'error',
      from: { path: '^src/realtime/' },
      to: { path: '^(src/(ui|i18n|features)|apps)/' },
    },
    {
      name: 'apps-are-islands',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/([^/]+)/', pathNot: ['^apps/$1/', '^apps/shell/', '^apps/loader/settings'] },
    },
    {
      name: 'widget-stays-small',
      comment: 'The widget runs on other people’s pages: Preact, and nothing of React or antd.',
      severity: 'error',
      from: { path: '^apps/(widget|loader)/' },
      to: { path: 'node_modules/(react|react-dom|antd|@ant-design|react-i18next|@tanstack)/', reachable: true },
    },
    {
      name: 'loader-imports-nothing',
      comment: 'widget.js is one classic script; an import would turn it into a module.',
      severity: 'error',
      from: { path: '^apps/loader/loader' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'browser', 'default', 'types'] },
  },
}
