import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AlertsPage } from '~/dashboard/components/alerts-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentAlertsPage } from '~/dashboard/presenters/alerts-page.server'
import { openPage } from './app.open-page.server'

export const meta = titled('settings.alerts.title')

export function loader({ request }: LoaderFunctionArgs) {
  return openPage(request, async ({ parity, scope }) => ({
    view: await presentAlertsPage(parity, scope, parity.clock()),
    sendsMail: parity.sendsMail,
  }))
}

export default function AlertsRoute() {
  const data = useLoaderData<typeof loader>()
  useLive()
  return <AlertsPage {...data} />
}
