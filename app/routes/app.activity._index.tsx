import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ActivityPage } from '~/dashboard/components/activity-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentActivity } from '~/dashboard/presenters/activity.server'
import { readActivityQuery } from '~/dashboard/read-activity-query'
import { openPage } from './app.open-page.server'

export const meta = titled('activity.title')

export function loader({ request }: LoaderFunctionArgs) {
  const query = readActivityQuery(new URL(request.url).searchParams)
  return openPage(request, ({ parity, scope }) => presentActivity(parity.db, scope, query, parity.clock))
}

export default function ActivityRoute() {
  const activity = useLoaderData<typeof loader>()
  useLive()
  return <ActivityPage activity={activity} />
}
