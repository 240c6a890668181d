import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConnectionSettingsPage } from '~/dashboard/components/connection-settings-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentConnectionSettings } from '~/dashboard/presenters/connection-settings.server'
import { openPage } from './app.open-page.server'

export const meta = titled('settings.connection.title')

export function loader({ request }: LoaderFunctionArgs) {
  return openPage(request, ({ parity, scope }) =>
    presentConnectionSettings(parity.db, scope, parity.saas.defaults, parity.clock),
  )
}

export default function ConnectionSettingsRoute() {
  const settings = useLoaderData<typeof loader>()
  useLive()
  return <ConnectionSettingsPage settings={settings} />
}
