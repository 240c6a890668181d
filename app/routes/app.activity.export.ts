import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { exportActivity, exportQueryOf } from '~/dashboard/export/export-activity.server'
import { createLanguage } from '~/dashboard/language'
import { readActivityQuery } from '~/dashboard/read-activity-query'
import { openPage } from './app.open-page.server'

/** What the Activity page shows, as a file: CSV, sent as it is read. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const params = new URL(request.url).searchParams
  const query = exportQueryOf(readActivityQuery(params))
  return openPage(request, ({ parity, scope }) => {
    if (query === null) return Promise.resolve(null)
    const language = createLanguage({ locale: params.get('locale') ?? 'en', timeZone: scope.timeZone })
    const lines = Readable.from(exportActivity(parity.db, scope, query, language))
    const headers = {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="parity-${query.show}.csv"`,
      'Cache-Control': 'no-store',
    }
    return Promise.resolve(new Response(createReadableStreamFromReadable(lines), { headers }))
  })
}
