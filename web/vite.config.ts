import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { APPS, pageAddresses } from './tools/pages.ts'

/** The pages that the apps open with. */
const FIRST_PAGES = /(?:DeskPage|SignInPage|ConversationsPage|Home)-/

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.XIAOER_SERVER ?? 'http://127.0.0.1:8080'
const socket = server.replace(/^http/, 'ws')

export default defineConfig({
  root: here('apps'),
  publicDir: here('public'),
  base: '/',
  resolve: { alias: { '@': here('src') } },
  plugins: [react({ exclude: [/(apps\/(widget|loader)|features\/(conversations|after_sale)\/chat)\//, /node_modules/] }), pageAddresses()],
  server: {
    port: 5173,
    fs: { allow: [here('.'), here('../src/xiaoer/catalogue')] },
    proxy: {
      '/api': server,
      '/platform': server,
      '/public': server,
      '/files': server,
      '/health': server,
      '/socket': { target: socket, ws: true },
    },
  },
  build: {
    outDir: here('../src/xiaoer/pages'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0, // no data: addresses, so that the policy of the pages can stay strict
    modulePreload: {
      polyfill: false,
      // The list of what each page needs would weigh on the first page; only first pages are worth it.
      resolveDependencies: (file, needed, { hostType }) =>
        hostType === 'html' || FIRST_PAGES.test(file) ? needed : needed.filter((one) => one.endsWith('.css')),
    },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: {
        ...Object.fromEntries(APPS.map((app) => [app, here(`apps/${app}/index.html`)])),
        loader: here('apps/loader/loader.ts'),
      },
      // antd's parts do nothing when merely imported, but do not all say so; what nobody uses then goes.
      treeshake: { moduleSideEffects: [{ test: /node_modules\/(@rc-component|@ant-design|@babel\/runtime)\//, sideEffects: false }] },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'loader' ? 'widget.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [
            { name: 'preact', test: /node_modules\/preact\//, priority: 30 },
            { name: 'words', test: /node_modules\/i18next\//, priority: 30 },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\//, priority: 20 },
          ],
        },
      },
    },
  },
  test: {
    root: here('.'),
    include: ['src/**/*.test.{ts,tsx}', 'apps/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: [here('tests/setup.ts')],
    maxWorkers: 2,
    // a limit against hanging, not a measurement: other work may keep the machine busy
    testTimeout: 60_000,
    restoreMocks: true,
  },
})
