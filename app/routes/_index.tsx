import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'

export const meta: MetaFunction = () => [
  { title: 'Parity' },
  { name: 'description', content: 'Parity keeps a SaaS in step with a store, and proves it.' },
]

/** Shopify opens the app at its root, with the shop in the query; the pages are under /app. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url)
  if (searchParams.has('shop')) throw redirect(`/app${search}`)
  return null
}

export default function Index() {
  return (
    <main style={{ maxWidth: '40rem', margin: '4rem auto', padding: '0 1rem' }}>
      <h1>Parity</h1>
      <p>Parity keeps a SaaS in step with a Shopify store, and proves it.</p>
      <p>It has no page of its own here: open it from the apps of your Shopify admin.</p>
    </main>
  )
}
