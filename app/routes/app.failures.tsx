import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FailuresPage } from '~/dashboard/components/failures-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentFailures } from '~/dashboard/presenters/failures.server'
import { openPage } from './app.open-page.server'

export const meta = titled('failures.title')

export function loader({ request }: LoaderFunctionArgs) {
  return openPage(request, ({ parity, scope }) => presentFailures(parity.db, scope, parity.clock))
}

export default function FailuresRoute() {
  const failures = useLoaderData<typeof loader>()
  useLive()
  return <FailuresPage failures={failures} />
}
