import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RecordPage } from '~/dashboard/components/record-page'
import { useLive } from '~/dashboard/components/use-live'
import { titled } from '~/dashboard/page-title'
import { presentRecordPage } from '~/dashboard/presenters/record-page.server'
import { readCursor } from '~/dashboard/record-cursor'
import { idIn, openPage } from './app.open-page.server'

export const meta = titled('recordPage.title')

export function loader({ request, params }: LoaderFunctionArgs) {
  const id = idIn(params.id)
  const before = readCursor(new URL(request.url).searchParams.get('before'))
  return openPage(request, async ({ parity, scope }) =>
    id === null ? null : presentRecordPage(parity, scope, id, { before }),
  )
}

export default function RecordRoute() {
  const page = useLoaderData<typeof loader>()
  useLive()
  return <RecordPage page={page} />
}
