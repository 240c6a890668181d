import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SettingsList } from '~/dashboard/components/settings-list'
import { titled } from '~/dashboard/page-title'
import { presentSettings } from '~/dashboard/presenters/settings.server'
import { openPage } from './app.open-page.server'

export const meta = titled('settings.title')

export function loader({ request }: LoaderFunctionArgs) {
  return openPage(request, ({ parity, scope }) => presentSettings(parity.db, scope))
}

export default function SettingsRoute() {
  return <SettingsList settings={useLoaderData<typeof loader>()} />
}
