import { MIRROR_TABLES } from '../../read-mirror'
import { type World } from './world'

/** A difference that was made in the tables of the SaaS. */
interface Planted {
  /** Resource and id. */
  record: string
  what: string
}

/** What of a body is altered, which every newer event tells again. */
const FIELD: Record<keyof typeof MIRROR_TABLES, string> = {
  order: 'number',
  product: 'name',
  customer: 'display_name',
  category: 'name',
}
/** Ways in which a SaaS comes to hold something else than it was sent. */
const WAYS: [what: string, statement: (table: string, field: string) => string][] = [
  ['is deleted', (table) => `DELETE FROM "${table}"`],
  [
    'has a lower revision',
    (table, field) =>
      `UPDATE "${table}" SET "revision" = "revision" - 1, "body" = jsonb_set("body", '{${field}}', '"Of yesterday"')`,
  ],
  [
    'has another body',
    (table, field) =>
      `UPDATE "${table}" SET "body" = jsonb_set("body", '{${field}}', '"Of another"'), "bodyHash" = encode(sha256('another'::bytea), 'hex')`,
  ],
]

/** Makes so many records of the SaaS differ from what it was sent, in turns of resource and way. */
export async function plantDifferences({ db, shop, random }: World, count: number): Promise<Planted[]> {
  const planted: Planted[] = []
  const resources = Object.keys(MIRROR_TABLES) as (keyof typeof MIRROR_TABLES)[]
  for (let turn = 0; turn < count; turn++) {
    const resource = resources[turn % resources.length]!
    const table = MIRROR_TABLES[resource]
    const [what, statement] = WAYS[turn % WAYS.length]!
    const rows = await db.query<{ id: string }>(
      `SELECT "externalId" AS id FROM "${table}" WHERE "store" = $1 AND "deletedAt" IS NULL ORDER BY "externalId"`,
      [shop.domain],
    )
    const free = rows.filter(({ id }) => !planted.some(({ record }) => record === `${resource} ${id}`))
    const { id } = random.pick(free)
    await db.query(`${statement(table, FIELD[resource])} WHERE "store" = $1 AND "externalId" = $2`, [
      shop.domain,
      id,
    ])
    planted.push({ record: `${resource} ${id}`, what })
  }
  return planted
}
