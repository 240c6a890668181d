import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PrivacyPage } from '~/dashboard/components/privacy-page'
import { titled } from '~/dashboard/page-title'
import { presentPrivacy } from '~/dashboard/presenters/privacy-page.server'
import { openPage } from './app.open-page.server'

export const meta = titled('settings.privacy.title')

export function loader({ request }: LoaderFunctionArgs) {
  return openPage(request, ({ parity, scope }) => presentPrivacy(parity.db, scope, parity.sealer))
}

export default function PrivacyRoute() {
  return <PrivacyPage view={useLoaderData<typeof loader>()} />
}
