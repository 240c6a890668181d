import { type ActionFunctionArgs } from '@remix-run/node'
import { answerReveal } from '~/dashboard/reveal/answer-reveal.server'
import { openPage } from './app.open-page.server'

/** Only POST is taken here: what is personal never stands in an address. */
export const loader = () => new Response(null, { status: 405, headers: { Allow: 'POST' } })

/** Shows personal data to whom Shopify permits it, and notes it: see app/dashboard/reveal. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return openPage(request, ({ parity, scope }) => answerReveal(request, parity, scope))
}
