import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { type Sql } from '~/db.server'
import { sha256 } from '~/lib/sha256'
import { type Clock } from '~/lib/time'
import { Refusal } from './answer'

/** For how long a key is believed without a look; a key that was removed works that long. */
const REMEMBERED_MS = 5_000
const REMEMBERED_KEYS = 1_000
const KEY_BYTES = 32

/** Whose data a request may touch: found by its API key and by nothing else. */
export interface Tenant {
  storeId: string
  name: string
}

/**
 * Who a request speaks for.
 *
 * @throws Refusal `UNAUTHORIZED` when its bearer key is missing or unknown
 */
export type Authenticate = (request: Request) => Promise<Tenant>

/** Looks keys up by their hash and remembers the known ones for a few seconds. */
export function createAuthenticator(db: Sql, clock: Clock): Authenticate {
  const remembered = new Map<string, { tenant: Tenant; until: number }>()

  return async (request) => {
    const [, key] = /^Bearer +(\S+) *$/i.exec(request.headers.get('Authorization') ?? '') ?? []
    if (!key) throw unauthorized('The Authorization header must be "Bearer <api key>".')

    const hash = sha256(key)
    const now = clock().getTime()
    const known = remembered.get(hash)
    if (known && known.until > now) return known.tenant

    const tenant = await findTenant(db, hash)
    if (!tenant) throw unauthorized('The API key is not known.')
    if (remembered.size >= REMEMBERED_KEYS) remembered.clear()
    remembered.set(hash, { tenant, until: now + REMEMBERED_MS })
    return tenant
  }
}

/**
 * Makes a new API key for a tenant, and the tenant where there is none of that name. Keys made before go on working.
 *
 * @returns the key: only its hash is stored, so this is the one time that it can be read
 */
export async function issueKey(sql: Sql, storeName: string): Promise<string> {
  const key = `mirror_${randomBytes(KEY_BYTES).toString('base64url')}`
  await sql.query(
    `WITH store AS (
       INSERT INTO "MirrorStore" ("id", "name") VALUES ($1, $2)
       ON CONFLICT ("name") DO UPDATE SET "name" = EXCLUDED."name"
       RETURNING "id"
     )
     INSERT INTO "MirrorKey" ("hash", "storeId") SELECT $3, "id" FROM store`,
    [uuid(), storeName, sha256(key)],
  )
  return key
}

async function findTenant(db: Sql, hash: string): Promise<Tenant | undefined> {
  const [tenant] = await db.query<{ storeId: string; name: string }>(
    `SELECT store."id" AS "storeId", store."name"
     FROM "MirrorKey" AS key JOIN "MirrorStore" AS store ON store."id" = key."storeId"
     WHERE key."hash" = $1`,
    [hash],
  )
  return tenant
}

function unauthorized(message: string): Refusal {
  return new Refusal('UNAUTHORIZED', message, { 'WWW-Authenticate': 'Bearer' })
}
