import { type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { RecordsPage } from '~/dashboard/components/records-page'
import { titled } from '~/dashboard/page-title'
import { presentRecords, type RecordsView } from '~/dashboard/presenters/records.server'
import { readRecordsQuery } from '~/dashboard/read-records-query'
import { searchRecords } from '~/dashboard/search-records'
import { openPage } from './app.open-page.server'

export const meta = titled('records.title')

export function loader({ request }: LoaderFunctionArgs) {
  const query = readRecordsQuery(new URL(request.url).searchParams)
  return openPage(request, ({ parity, scope }) => presentRecords(parity, scope, query))
}

/** What hinders a search hinders the page as well, and its own loader says what it is. */
export async function clientLoader({
  request,
  serverLoader,
}: ClientLoaderFunctionArgs): Promise<RecordsView> {
  return (await searchRecords(request)) ?? (await serverLoader<typeof loader>())
}
clientLoader.hydrate = true as const

export default function RecordsRoute() {
  return <RecordsPage records={useLoaderData<typeof clientLoader>()} />
}
