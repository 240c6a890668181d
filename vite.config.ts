import { vitePlugin as remix } from '@remix-run/dev'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true
  }
}

/** In development the page is loaded through the tunnel that `shopify app dev` opens. */
const tunnel = process.env.SHOPIFY_APP_URL

export default defineConfig({
  resolve: { alias: { '~': fileURLToPath(new URL('./app', import.meta.url)) } },
  server: {
    allowedHosts: tunnel ? [new URL(tunnel).hostname] : [],
    fs: { allow: ['app', 'node_modules'] },
    warmup: { clientFiles: ['./app/root.tsx', './app/routes/app*.tsx'] },
  },
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        v3_singleFetch: true,
        v3_routeConfig: true,
      },
    }),
  ],
  build: { assetsInlineLimit: 0, sourcemap: false },
})
