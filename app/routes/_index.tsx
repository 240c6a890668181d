import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { PlainPage } from '~/dashboard/components/plain-page'
import { titled } from '~/dashboard/page-title'

export const meta = titled()

/** Shopify opens the app at its root, with the shop in the query; the pages are under /app. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url)
  if (searchParams.has('shop')) throw redirect(`/app${search}`)
  return null
}

export default function Index() {
  return <PlainPage title="app.name" body={['app.tagline', 'app.elsewhere']} />
}
