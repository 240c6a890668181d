import { type ActionFunctionArgs } from '@remix-run/node'
import { presentRecords } from '~/dashboard/presenters/records.server'
import { readRecordsQuery } from '~/dashboard/read-records-query'
import { readBody } from '~/lib/read-body'
import { openPage } from './app.open-page.server'

/** Enough for the longest search and the parameters of the page. */
const MAX_BYTES = 16 * 1024

/** Only POST is taken here: what is looked for may be a person's name, and never stands in an address. */
export const loader = () => new Response(null, { status: 405, headers: { Allow: 'POST' } })

/** What the list of records shows for the parameters of its address and the text that these have a key of: `search`. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return openPage(request, async ({ parity, scope }) => {
    const body = await readBody(request, MAX_BYTES)
    if (body === null) return new Response(null, { status: 413 })
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    const query = readRecordsQuery(fields, fields.get('search') ?? '')
    return Response.json(await presentRecords(parity, scope, query))
  })
}
