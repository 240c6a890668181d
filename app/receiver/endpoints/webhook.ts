import { Refusal, success } from '../answer'
import { type Call, type Endpoint, type Tools } from '../endpoint'
import { type Entry } from '../entry'
import { readEvent } from '../read-event'
import { readJson } from '../read-json'
import { type Counts, NOTHING, writeLog } from '../sync-log'
import { toSyncAnswer } from '../sync-answer'
import { eventsOf } from '../tables'
import { takeEntry } from '../take-entry'
import { SyncAnswer, SyncEvent } from '../wire'
import { type Resource } from '~/contracts/resource'

/** Takes one event. */
export const webhook: Endpoint = {
  method: 'POST',
  path: '/api/sync/webhook',
  summary: 'Takes one event, in the shared sync schema or in WooCommerce’s names.',
  access: 'tenant',
  body: SyncEvent,
  answer: SyncAnswer,
  refusals: ['VALIDATION_ERROR', 'PAYLOAD_TOO_LARGE'],

  async handle(call, tools) {
    const { value, text } = await readJson(call.request)
    const reading = readEvent(value, { tenantName: call.tenant.name, text })
    switch (reading.kind) {
      case 'entry':
        return take(call, tools, reading.entry)
      case 'skipped':
        return skip(call, tools, reading.resource, reading.message)
      case 'invalid':
        if (reading.resource) await log(call, tools, reading.resource, 'failed', NOTHING, reading.message)
        throw new Refusal('VALIDATION_ERROR', reading.message)
    }
  },
}

async function take(call: Call, tools: Tools, entry: Entry): Promise<Response> {
  const { fate, syncLogId } = await takeEntry(call, tools, entry)
  const synced = fate.status === 'synced' ? 1 : 0
  return success(toSyncAnswer(syncLogId, { synced, skipped: 0, stale: 1 - synced }))
}

async function skip(call: Call, tools: Tools, resource: Resource, message: string): Promise<Response> {
  const counts = { ...NOTHING, skipped: 1 }
  const syncLogId = await log(call, tools, resource, 'completed', counts, message)
  return success(toSyncAnswer(syncLogId, counts, message))
}

function log(
  { tenant }: Call,
  { db, clock }: Tools,
  resource: Resource,
  status: 'completed' | 'failed',
  counts: Counts,
  error: string,
): Promise<string> {
  return writeLog(db, tenant.storeId, { syncType: eventsOf(resource), status, counts, error, now: clock() })
}
