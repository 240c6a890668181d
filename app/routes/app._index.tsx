import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readChartRange } from '~/dashboard/chart-range'
import { OverviewPage } from '~/dashboard/components/overview-page'
import { useLive } from '~/dashboard/components/use-live'
import { presentOverview } from '~/dashboard/presenters/overview.server'
import { titled } from '~/dashboard/page-title'
import { openPage } from './app.open-page.server'

export const meta = titled('overview.title')

export function loader({ request }: LoaderFunctionArgs) {
  const range = readChartRange(new URL(request.url).searchParams)
  return openPage(request, ({ parity, scope }) => presentOverview(parity.db, scope, range, parity.clock))
}

export default function OverviewRoute() {
  const overview = useLoaderData<typeof loader>()
  useLive()
  return <OverviewPage overview={overview} />
}
