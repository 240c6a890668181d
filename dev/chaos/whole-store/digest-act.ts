import { z } from 'zod'
import { until } from '../../until'
import { type Act } from './act'
import { digestEnded } from './begin-deep'
import { compareWithStore, wordsOf } from './compare'
import { plantDifferences } from './plant-differences'
import { comeToRest } from './rest'
import { sourceOf } from './runs'
import { type World } from './world'

const Compared = z.object({ time: z.string(), rowsRead: z.number() })
const PLANTED = 10
/** As few as this are told one by one, however large the store. */
const MOST_ROWS = 400

/** Differences in the tables of the SaaS, of which nobody knows: the comparison by hashes finds them, and nothing else. */
export async function playDigest(world: World): Promise<Act> {
  const { db, queue } = world
  const planted = await plantDifferences(world, PLANTED)
  const before = await compareWithStore(world)
  const [{ last } = { last: null }] = await db.query<{ last: string | null }>(
    `SELECT max("id"::text) AS last FROM "SyncAttempt"`,
  )
  const began = new Date()
  const { sourceConnectionId } = await sourceOf(world)
  await queue.send('compareDigest', [{ sourceConnectionId }], db)
  const run = await digestEnded(world, began)
  world.say(`the SaaS is compared: ${run.detail}`)
  const { rows } = await until('the worker tells of it', () => rowsReadSince(world.fleet.said(), began))
  await comeToRest(world)
  const comparison = await compareWithStore(world)
  const sent = await db.query<{ record: string }>(
    `SELECT DISTINCT r."resource" || ' ' || r."externalId" AS record FROM "SyncAttempt" a JOIN "SyncRecord" r ON r."id" = a."recordId"
     WHERE a."startedAt" >= $1 AND ($2::text IS NULL OR a."id"::text > $2)`,
    [began, last],
  )
  const meant = new Set(planted.map(({ record }) => record))
  const strange = sent.filter(({ record }) => !meant.has(record))
  const forgotten = planted.filter(({ record }) => !sent.some((one) => one.record === record))
  return {
    name: 'digest',
    what: 'differences planted in the tables of the SaaS are found by hashes, and nothing else is sent',
    rows: [
      ['planted', planted.map(({ record, what }) => `${record} ${what}`).join(' · ')],
      ['differences', `${before.differences.length} before, ${comparison.differences.length} after`],
      ['digest', `${run.detail ?? ''} ${rows} rows read`],
      ['compared', wordsOf(comparison)],
    ],
    verdict: {
      'exactly what was planted is sent again': [
        ...forgotten.map(({ record, what }) => `${record} (${what}) was not sent again`),
        ...strange.map(({ record }) => `${record} was sent again, and was in order`),
        ...(run.changed === PLANTED ? [] : [`the run says ${run.changed}`]),
      ],
      'few rows are read': rows <= MOST_ROWS ? [] : [`${rows} rows`],
      'the mirror equals the store': comparison.differences,
    },
  }
}

/** How many rows the comparison since then read, as the worker that made it said; null while none did. */
function rowsReadSince(said: string, since: Date): { rows: number } | null {
  const lines = said.split('\n').filter((line) => line.includes('"saas.compared"'))
  const told = lines
    .map((line) => Compared.parse(JSON.parse(line)))
    .find(({ time }) => Date.parse(time) >= since.getTime())
  return told ? { rows: told.rowsRead } : null
}
