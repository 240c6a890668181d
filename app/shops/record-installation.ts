import { type Sql } from '../db.server'

/** Notes an authenticated load: the first one since the installation is the proof of when the app was installed. */
export async function recordInstallation(tx: Sql, domain: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE "Shop" SET "installedAt" = $2, "updatedAt" = $2 WHERE "domain" = $1 AND "installedAt" IS NULL`,
    [domain, now],
  )
}
