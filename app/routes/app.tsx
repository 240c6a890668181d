import { type HeadersFunction, type LoaderFunctionArgs } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Outlet,
  useLocation,
  useNavigation,
  useRouteError,
  useRouteLoaderData,
  type ShouldRevalidateFunction,
} from '@remix-run/react'
import { boundary } from '@shopify/shopify-app-remix/server'
import { type ReactNode } from 'react'
import { ErrorPage, type PageFailure } from '~/dashboard/components/error-page'
import { LanguageProvider, useLanguage } from '~/dashboard/components/language-context'
import { Navigation } from '~/dashboard/components/navigation'
import { PageSkeleton } from '~/dashboard/components/page-skeleton'
import { useSlow } from '~/dashboard/components/use-slow'
import { isPageProblem } from '~/dashboard/page-problem'
import { titled } from '~/dashboard/page-title'
import { openPage } from './app.open-page.server'

/** Keeps the headers that Shopify's library puts on the responses it throws. */
export const headers: HeadersFunction = (args) => boundary.headers(args)

/** The title of a page that could not be shown; every other has its own. */
export const meta = titled()

/** Notes that the shop has the app open, and reads what is the same on every page: its clock. */
export function loader({ request }: LoaderFunctionArgs) {
  return openPage(request, async ({ parity, scope }) => {
    await parity.shops.ensureInstalled(scope.domain)
    return { timeZone: scope.timeZone }
  })
}

// A page that keeps itself fresh need not ask for the frame around it.
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl }) =>
  currentUrl.href !== nextUrl.href

export default function AppLayout() {
  return (
    <Surroundings>
      <CurrentPage />
    </Surroundings>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  // A document of Shopify's library, such as the one that leaves the frame: not a failure.
  if (isRouteErrorResponse(error) && error.status < 400) return boundary.error(error)

  return (
    <Surroundings>
      <ErrorPage failure={failureOf(error)} />
    </Surroundings>
  )
}

/** What every page stands in, also one that fails. */
function Surroundings({ children }: { children: ReactNode }) {
  const known = useRouteLoaderData<typeof loader>('routes/app')
  const { locale } = useLanguage()
  return (
    <LanguageProvider locale={locale} timeZone={known?.timeZone ?? null}>
      <Navigation />
      <main>{children}</main>
    </LanguageProvider>
  )
}

/** The page; its skeleton in its place while another page takes long enough to be felt. */
function CurrentPage() {
  const { pathname } = useLocation()
  const next = useNavigation().location?.pathname
  const slow = useSlow(next !== undefined && next !== pathname)
  return slow ? <PageSkeleton /> : <Outlet />
}

function failureOf(error: unknown): PageFailure {
  if (!isRouteErrorResponse(error)) return error instanceof TypeError ? 'unreachable' : 'unknown'
  if (isPageProblem(error.data)) return error.data.problem
  return error.status === 404 ? 'missing' : 'unknown'
}
