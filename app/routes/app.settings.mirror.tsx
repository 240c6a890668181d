import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MirrorPage } from '~/dashboard/components/mirror-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentMirror } from '~/dashboard/presenters/mirror-page.server'
import { openPage } from './app.open-page.server'

export const meta = titled('settings.mirror.title')

export function loader({ request }: LoaderFunctionArgs) {
  return openPage(request, ({ parity, scope }) => presentMirror(parity.db, scope))
}

export default function MirrorRoute() {
  const view = useLoaderData<typeof loader>()
  useLive()
  return <MirrorPage view={view} />
}
