import type { Plugin } from 'vite'

/** The pages we build, one HTML file each: `/desk`, `/merchant`, … */
export const APPS = ['signin', 'buyer', 'desk', 'merchant', 'admin', 'widget'] as const

/** The development server answers `/desk/anything` with the desk's page, as the real server does. */
export function pageAddresses(): Plugin {
  return {
    name: 'page-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/'
        const app = APPS.find((name) => path === `/${name}` || path.startsWith(`/${name}/`))
        if (app && !/\.[a-z]+$/.test(path)) request.url = `/${app}/index.html`
        if (path === '/widget.js') request.url = '/loader/loader.ts'
        next()
      })
    },
  }
}
