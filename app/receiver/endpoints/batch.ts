import { z } from 'zod'
import { type Resource } from '~/contracts/resource'
import { success } from '../answer'
import { elementTexts } from '../element-texts'
import { check, type Endpoint } from '../endpoint'
import { type Reading } from '../entry'
import { readEvent } from '../read-event'
import { readJson } from '../read-json'
import { eventsOf } from '../tables'
import { refused, takeReadings } from '../take-readings'
import { BATCH_LIMIT, BatchAnswer, BatchRequest, type BatchResult } from '../wire'

/** A faulty event is its own result, so that it does not hold its neighbours up. */
const Events = z.object({
  events: z
    .array(z.unknown(), { error: 'must be a list' })
    .max(BATCH_LIMIT, `must hold at most ${BATCH_LIMIT} events`),
})

/** Takes many events at once; each has its own result. */
export const batch: Endpoint = {
  method: 'POST',
  path: '/api/sync/batch',
  summary: 'Takes many events at once, as if they came one after the other.',
  access: 'tenant',
  body: BatchRequest,
  answer: BatchAnswer,
  refusals: ['VALIDATION_ERROR', 'PAYLOAD_TOO_LARGE'],

  async handle(call, tools) {
    const { value, text } = await readJson(call.request)
    const { events } = check(Events, value)
    const texts = elementTexts(text, 'events')
    const readings = events.map((event, index) =>
      readEvent(event, { tenantName: call.tenant.name, text: texts[index]! }),
    )

    const results = new Map<Reading, BatchResult>()
    for (const [resource, group] of Map.groupBy(readings, resourceOf)) {
      const taken = resource
        ? (await takeReadings(call, tools, eventsOf(resource), group)).results
        : group.flatMap((reading) => (reading.kind === 'entry' ? [] : refused(reading)))
      group.forEach((reading, index) => results.set(reading, taken[index]!))
    }
    return success({ results: readings.map((reading) => results.get(reading)) })
  },
}

/** Null for an event that names no resource: there is nothing to store, and no name for a sync log entry. */
function resourceOf(reading: Reading): Resource | null {
  return reading.kind === 'entry' ? reading.entry.resource : reading.resource
}
