import { type MirroredData } from './compare-mirror'
import type pg from 'pg'

/** The tables of the built-in receiver. */
export const MIRROR_TABLES = {
  order: 'MirrorOrder',
  product: 'MirrorProduct',
  customer: 'MirrorCustomer',
  category: 'MirrorCategory',
}

/** Everything that the built-in receiver holds of a store, tombstones too. */
export async function readMirror(client: pg.Client, store: string): Promise<MirroredData[]> {
  const all: MirroredData[] = []
  for (const [resource, table] of Object.entries(MIRROR_TABLES)) {
    const { rows } = await client.query<{
      externalId: string
      deletedAt: string | null
      body: Record<string, unknown>
    }>(
      `SELECT "externalId", "deletedAt", "body" FROM "${table}" WHERE "source" = 'shopify' AND "store" = $1`,
      [store],
    )
    all.push(
      ...rows.map(({ externalId, deletedAt, body }) => ({
        resource,
        externalId,
        deleted: deletedAt !== null,
        data: body,
      })),
    )
  }
  return all
}
