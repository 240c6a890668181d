import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RecordsPage } from '~/dashboard/components/records-page'
import { titled } from '~/dashboard/page-title'
import { presentRecords } from '~/dashboard/presenters/records.server'
import { readRecordsQuery } from '~/dashboard/read-records-query'
import { openPage } from './app.open-page.server'

export const meta = titled('records.title')

export function loader({ request }: LoaderFunctionArgs) {
  const query = readRecordsQuery(new URL(request.url).searchParams)
  return openPage(request, ({ parity, scope }) => presentRecords(parity, scope, query))
}

export default function RecordsRoute() {
  return <RecordsPage records={useLoaderData<typeof loader>()} />
}
