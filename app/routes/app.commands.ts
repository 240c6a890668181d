import { type ActionFunctionArgs } from '@remix-run/node'
import { answerCommand } from '~/dashboard/commands/answer-command.server'
import { openPage } from './app.open-page.server'

/** Only POST is taken here. */
export const loader = () => new Response(null, { status: 405, headers: { Allow: 'POST' } })

/** What a person of a shop can ask for: see app/dashboard/commands. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return openPage(request, ({ parity, scope }) => answerCommand(request, parity, scope))
}
