import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { EventPage } from '~/dashboard/components/event-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentEvent } from '~/dashboard/presenters/event-page.server'
import { idIn, openPage } from './app.open-page.server'

export const meta = titled('event.title')

export function loader({ request, params }: LoaderFunctionArgs) {
  const id = idIn(params.id)
  return openPage(request, async ({ parity, scope }) =>
    id === null ? null : presentEvent(parity, scope, id),
  )
}

export default function EventRoute() {
  const event = useLoaderData<typeof loader>()
  useLive()
  return <EventPage event={event} />
}
