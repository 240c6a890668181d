import { z } from 'zod'
import { DATA } from '~/contracts/shared-schema'
import { success } from '../answer'
import { elementTexts } from '../element-texts'
import { check, type Endpoint } from '../endpoint'
import { readRecord } from '../read-event'
import { readJson } from '../read-json'
import { toSyncAnswer } from '../sync-answer'
import { PLURAL } from '../tables'
import { takeReadings } from '../take-readings'
import { FULL_SYNC_LIMIT, SyncAnswer } from '../wire'
import { WOO_RECORDS, type WooResource } from '../woocommerce'

/** Takes the records of one resource, without envelopes, in either vocabulary. A faulty record is skipped. */
function fullSync(resource: WooResource): Endpoint {
  const plural = PLURAL[resource]
  const listOf = <Item extends z.ZodType>(item: Item) =>
    z.object({
      [plural]: z
        .array(item, { error: 'must be a list' })
        .max(FULL_SYNC_LIMIT, `must hold at most ${FULL_SYNC_LIMIT} records`),
    })
  const Records = listOf(z.unknown())

  return {
    method: 'POST',
    path: `/api/sync/${plural}`,
    summary: `Takes ${plural} of a full sync; a faulty one is skipped and counted.`,
    access: 'tenant',
    body: listOf(z.union([DATA[resource], WOO_RECORDS[resource]])),
    answer: SyncAnswer,
    refusals: ['VALIDATION_ERROR', 'PAYLOAD_TOO_LARGE'],

    async handle(call, tools) {
      const { value, text } = await readJson(call.request)
      const records = check(Records, value)[plural]!
      const texts = elementTexts(text, plural)
      const readings = records.map((record, index) =>
        readRecord(resource, 'updated', record, `${plural}[${index}]`, {
          tenantName: call.tenant.name,
          text: texts[index]!,
        }),
      )
      const { counts, error, syncLogId } = await takeReadings(call, tools, plural, readings)
      return success(toSyncAnswer(syncLogId, counts, error ?? undefined))
    },
  }
}

/** One for each resource of a full sync. */
export const fullSyncs: Endpoint[] = (Object.keys(WOO_RECORDS) as WooResource[]).map(fullSync)
