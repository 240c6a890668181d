import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url'
import { AppProvider } from '@shopify/shopify-app-remix/react'
import { boundary } from '@shopify/shopify-app-remix/server'
import { type HeadersFunction, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { type ReactNode } from 'react'
import { config } from '~/config.server'
import { LanguageProvider } from '~/dashboard/components/language-context'
import { PlainPage } from '~/dashboard/components/plain-page'
import { createLanguage } from '~/dashboard/language'
import { localeOf } from '~/dashboard/locale-of'
import { polarisWords } from '~/dashboard/polaris-words'

const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js'

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'stylesheet', href: polarisStyles },
]

/** What every page needs: the app's public key, which App Bridge asks for, and the person's language. */
export function loader({ request }: LoaderFunctionArgs) {
  return { apiKey: config().SHOPIFY_API_KEY, locale: localeOf(request) }
}

/** Neither changes while the document lives: only the admin's first request says the language. And a root that asks again would fail with a page that could have said why it cannot be shown. */
export const shouldRevalidate = () => false

/** Keeps the headers that Shopify's library puts on the responses it throws. */
export const headers: HeadersFunction = (args) => boundary.headers(args)

/** The document. App Bridge must be its first script, and only where the Shopify admin frames the page. */
export function Layout({ children }: { children: ReactNode }) {
  const { apiKey, locale } = useRouteLoaderData<typeof loader>('root') ?? { apiKey: '', locale: 'en' }
  const { tag } = createLanguage({ locale, timeZone: null })
  const words = polarisWords(tag)
  const embedded = /^\/app(\/|$)/.test(useLocation().pathname)

  return (
    <html lang={tag}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        {embedded && <script src={APP_BRIDGE} data-api-key={apiKey} />}
        <Meta />
        <Links />
      </head>
      <body>
        {/* App Bridge stands in the head already: isEmbeddedApp would load it a second time. */}
        <AppProvider isEmbeddedApp={false} apiKey={apiKey} {...(words && { i18n: words })}>
          <LanguageProvider locale={locale} timeZone={null}>
            {children}
          </LanguageProvider>
        </AppProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  if (isRouteErrorResponse(error) && isFromShopify(error)) return boundary.error(error)

  const missing = isRouteErrorResponse(error) && error.status === 404
  return missing ? (
    <PlainPage title="error.address.title" body={['error.address.body']} />
  ) : (
    <PlainPage title="error.document.title" body={['error.document.body']} />
  )
}

/** Documents that Shopify's library throws, such as the one that asks App Bridge for a fresh session token, are no failures. */
function isFromShopify(error: { status: number }): boolean {
  return error.status < 400
}
