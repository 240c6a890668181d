import { lostWebhooks, misunderstoodWebhooks } from '../checks/acknowledged'
import { overlaps } from '../checks/overlaps'
import { openAttempts, strandedRecords } from '../checks/states'
import { type AttemptRow, type RecordStanding } from '../evidence'
import { type Verdict } from '../judge'
import { query } from '../query'
import { runsOf } from './runs'
import { type World } from './world'

const MS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

/** Holds what was left behind in the database against what must always be so. */
export async function leftBehind(world: World): Promise<Verdict> {
  const { databaseUrl, shop } = world
  const [attempts, records, stored, runs] = await Promise.all([
    query<AttemptRow>(
      databaseUrl,
      `SELECT a."id", r."resource" || ' ' || r."externalId" AS record, a."revision"::float8 AS revision, a."traceId", a."outcome", a."code",
              ${MS('a."startedAt"')} AS "startedAt", ${MS('a."endedAt"')} AS "endedAt"
       FROM "SyncAttempt" a JOIN "SyncRecord" r ON r."id" = a."recordId"`,
    ),
    query<RecordStanding>(
      databaseUrl,
      `SELECT "id", "resource" || ' ' || "externalId" AS record, "state", "attempts", ${MS('"dueAt"')} AS "dueAt", "lastErrorCode", "reason" FROM "SyncRecord"`,
    ),
    query<{ id: string; outcome: string }>(
      databaseUrl,
      `SELECT "deliveryId" AS id, "outcome" FROM "WebhookEvent"`,
    ),
    runsOf(world),
  ])
  const events = new Map(stored.map(({ id, outcome }) => [id, outcome]))
  const webhooks = shop.deliveries().map(({ webhookId, topic, recordId, attempts: tries }) => ({
    ...{ id: webhookId, topic, recordId },
    statuses: tries.map(({ status }) => status),
  }))
  return {
    'no two attempts of one record overlapped': overlaps(
      attempts.map((attempt) => ({ ...attempt, name: `attempt ${attempt.id}` })),
    ),
    'nothing acknowledged is missing': lostWebhooks(webhooks, events),
    'everything stored was understood': misunderstoodWebhooks(webhooks, events),
    'everything came to rest': [...strandedRecords(records), ...openAttempts(attempts)],
    'every run is finished': runs
      .filter(({ state }) => state !== 'finished')
      .map(({ kind, state, detail }) => `the ${kind} is ${state}: ${detail}`),
  }
}
