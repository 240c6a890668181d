import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AttemptPage } from '~/dashboard/components/attempt-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentAttempt } from '~/dashboard/presenters/attempt-page.server'
import { idIn, openPage } from './app.open-page.server'

export const meta = titled('attempt.title')

export function loader({ request, params }: LoaderFunctionArgs) {
  const id = idIn(params.id)
  return openPage(request, async ({ parity, scope }) =>
    id === null ? null : presentAttempt(parity.db, scope, id, parity.clock),
  )
}

export default function AttemptRoute() {
  const attempt = useLoaderData<typeof loader>()
  useLive()
  return <AttemptPage attempt={attempt} />
}
