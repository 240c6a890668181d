import { type DeliveryOutcome } from '~/contracts/outcome'
import { resolveAccess } from '~/delivery/resolve-access'
import { ParityError } from '~/lib/errors'
import { askOnce } from '~/saas/ask-once'
import { DIALECTS } from '~/saas/dialects'
import { testEvent } from '~/saas/test-event'
import { readDeliveryTarget } from '~/shops/read-delivery-target'
import { type ShopScope } from '../presenters/scope.server'
import { type CommandPorts } from './runner'

/** What came back of a test event. */
export interface TestAnswer {
  outcome: DeliveryOutcome['kind']
  /** Null when nothing came back. */
  httpStatus: number | null
  /** How long it took, in milliseconds. */
  tookMs: number
  /** What the SaaS said, in words; null when it took the event. */
  detail: string | null
}

/**
 * Sends a test event to a shop's SaaS, past the records that wait.
 *
 * @throws ParityError `CONNECTION_CLOSED` when nothing is to be sent there
 */
export async function sendTest({ db, clock, saas }: CommandPorts, scope: ShopScope): Promise<TestAnswer> {
  const target = await readDeliveryTarget(db, scope.shopId)
  const isClosed =
    !target || target.connection.state === 'not_connected' || target.connection.pausedAt !== null
  const access = isClosed ? null : resolveAccess(target, saas.access)
  if (isClosed || access?.kind !== 'address') throw closed()

  const dialect = DIALECTS[target.connection.dialect]
  const now = clock()
  const event = testEvent('shopify', scope.domain, now)
  const startedAt = performance.now()
  const answer = await askOnce(dialect.request(event), { ...access, now })
  const tookMs = Math.round(performance.now() - startedAt)
  if (answer.kind === 'silence')
    return { outcome: 'unavailable', httpStatus: null, tookMs, detail: answer.detail }
  const outcome = dialect.outcome(answer, event)
  const detail = 'detail' in outcome ? outcome.detail : null
  return { outcome: outcome.kind, httpStatus: answer.status, tookMs, detail }
}

function closed(): ParityError {
  const words = 'Nothing is sent to your SaaS now. Connect it, or resume sending, first.'
  return new ParityError('CONNECTION_CLOSED', { message: words, userMessage: words })
}
