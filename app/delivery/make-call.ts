import { type DeliveryOutcome } from '../contracts/outcome'
import { toError } from '../lib/errors'
import { DIALECTS } from '../saas/dialects'
import { type Lane } from './lane'
import { resolveAccess } from './resolve-access'
import { type Call, type CallOutcome, sendRecords } from './send-records'

/** Makes a call. Never throws: what our own code could not take is told like an answer that nobody can read. */
export async function makeCall({ options, target }: Lane, call: Call, now: Date): Promise<CallOutcome> {
  const dialect = DIALECTS[target.connection.dialect]
  try {
    const access = resolveAccess(target, options)
    if (access.kind === 'none') {
      // Without address or key nothing can be sent: as good as a refused key, until a person mends it.
      const outcome = { kind: 'unauthorised', httpStatus: null, code: 'NOT_CONNECTED' } as const
      return forAll(call, { ...outcome, detail: access.words })
    }
    return await sendRecords(call, { dialect, access, now, timeoutMs: options.timeoutMs })
  } catch (error) {
    options.logger.error({ err: toError(error) }, 'delivery.call_failed')
    const detail = 'The record could not be sent because of an error in Parity.'
    return forAll(call, { kind: 'unavailable', httpStatus: null, code: 'INTERNAL', detail })
  }
}

function forAll({ sends }: Call, outcome: DeliveryOutcome): CallOutcome {
  return { outcomes: sends.map(() => outcome), isWhole: false }
}
