import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RunPage } from '~/dashboard/components/run-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentRun } from '~/dashboard/presenters/run-page.server'
import { idIn, openPage } from './app.open-page.server'

export const meta = titled('run.page.title')

export function loader({ request, params }: LoaderFunctionArgs) {
  const id = idIn(params.id)
  return openPage(request, async ({ parity, scope }) =>
    id === null ? null : presentRun(parity.db, scope, id, parity.clock),
  )
}

export default function RunRoute() {
  const run = useLoaderData<typeof loader>()
  useLive()
  return <RunPage run={run} />
}
