import { randomBytes } from 'node:crypto'
import { type Sql } from '../db.server'
import { type Sealer } from '../lib/sealing'
import { openAddress, sealAddress } from './alert-address'
import { alertSecretPurpose } from './send-webhook'

const SECRET_BYTES = 24

/** Whom a shop wants told. */
export interface AlertWish {
  email: string | null
  /** https and public: whoever takes it from a person has looked. */
  webhookUrl: string | null
  failuresFrom: number
  /** The language of who sets it. */
  locale: string
}

interface ChangeOptions {
  sealer: Sealer
  now: Date
}

/**
 * Sets whom a shop wants told. An address to post to gets a secret of its own when it has none yet; another address gets another one.
 *
 * @returns the secret when it is new: nobody can read it again
 */
export async function changeAlertSettings(
  tx: Sql,
  shopId: string,
  wish: AlertWish,
  options: ChangeOptions,
): Promise<{ secret: string | null }> {
  const keeps = await isSameAddress(tx, shopId, wish.webhookUrl, options.sealer)
  const secret = wish.webhookUrl === null || keeps ? null : newSecret()
  const sealed = secret && options.sealer.seal(secret, alertSecretPurpose(shopId))
  await tx.query(WRITE, [
    shopId,
    wish.email,
    wish.webhookUrl && sealAddress(options.sealer, shopId, wish.webhookUrl),
    wish.failuresFrom,
    wish.locale,
    options.now,
    sealed,
    keeps,
  ])
  return { secret }
}

/** Whether that is where the shop is posted to already, with a secret. Two that set it at once come one after the other. */
async function isSameAddress(
  tx: Sql,
  shopId: string,
  address: string | null,
  sealer: Sealer,
): Promise<boolean> {
  await tx.query(`SELECT 1 FROM "Shop" WHERE "id" = $1 FOR NO KEY UPDATE`, [shopId])
  const [before] = await tx.query<{ webhookUrl: Uint8Array | null; hasSecret: boolean }>(
    `SELECT "webhookUrl", "webhookSecret" IS NOT NULL AS "hasSecret" FROM "AlertSettings" WHERE "shopId" = $1`,
    [shopId],
  )
  if (!before?.hasSecret || !before.webhookUrl) return false
  return openAddress(sealer, shopId, before.webhookUrl) === address
}

const WRITE = `
  INSERT INTO "AlertSettings" AS a ("shopId", "email", "webhookUrl", "failuresFrom", "locale", "updatedAt", "webhookSecret")
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT ("shopId") DO UPDATE SET "email" = $2, "webhookUrl" = $3, "failuresFrom" = $4, "locale" = $5, "updatedAt" = $6,
    "webhookSecret" = CASE WHEN $8 THEN a."webhookSecret" ELSE $7 END`

/** Gives the shop's address another secret. @returns it; null when nothing is posted anywhere */
export async function renewAlertSecret(
  tx: Sql,
  shopId: string,
  { sealer, now }: ChangeOptions,
): Promise<string | null> {
  const secret = newSecret()
  const renewed = await tx.query(
    `UPDATE "AlertSettings" SET "webhookSecret" = $2, "updatedAt" = $3 WHERE "shopId" = $1 AND "webhookUrl" IS NOT NULL RETURNING 1`,
    [shopId, sealer.seal(secret, alertSecretPurpose(shopId)), now],
  )
  return renewed.length > 0 ? secret : null
}

/** As Standard Webhooks writes a secret. */
function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}
