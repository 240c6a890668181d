import { z } from 'zod'
import { openAddress } from '~/alerts/alert-address'
import { AlertChannel, IncidentKind, NoticeSubject } from '~/contracts/incident'
import { type Database } from '~/db.server'
import { type Sealer } from '~/lib/sealing'
import { Instant } from './instant'
import { type ShopScope } from './scope.server'

const LATEST = 20
const DEFAULT_FAILURES = 10

const NoticeRow = z.object({
  id: z.string(),
  subject: NoticeSubject,
  kind: IncidentKind.nullable(),
  channel: AlertChannel,
  /** ISO 8601. */
  madeAt: Instant,
  state: z.enum(['sent', 'waiting', 'retrying', 'failed']),
  /** Why it was not taken, as a stable code; null when it was. */
  code: z.string().nullable(),
})

/** A notice that was made. */
export type NoticeRow = z.infer<typeof NoticeRow>

/** Whom a shop wants told, and what it was told lately. */
export interface AlertsPageView {
  /** When this was read, ISO 8601. */
  now: string
  /** Empty for nowhere. */
  email: string
  /** Empty for nowhere. */
  webhookUrl: string
  failuresFrom: number
  notices: NoticeRow[]
}

/** Reads whom a shop wants told, and its latest notices. */
export async function presentAlertsPage(
  { db, sealer }: { db: Database; sealer: Sealer },
  { shopId }: ShopScope,
  now: Date,
): Promise<AlertsPageView> {
  const [settings, notices] = await Promise.all([
    db.prisma.alertSettings.findUnique({ where: { shopId } }),
    db.query(NOTICES, [shopId, LATEST]),
  ])
  return {
    now: now.toISOString(),
    email: settings?.email ?? '',
    webhookUrl: (settings?.webhookUrl && openAddress(sealer, shopId, settings.webhookUrl)) ?? '',
    failuresFrom: settings?.failuresFrom ?? DEFAULT_FAILURES,
    notices: notices.map((row) => NoticeRow.parse(row)),
  }
}

const NOTICES = `
  SELECT n."id", n."subject", i."kind", n."channel", n."madeAt", n."code",
         CASE WHEN n."sentAt" IS NOT NULL THEN 'sent' WHEN n."dueAt" IS NULL THEN 'failed'
              WHEN n."code" IS NULL THEN 'waiting' ELSE 'retrying' END AS "state"
  FROM "AlertNotice" n LEFT JOIN "Incident" i ON i."id" = n."incidentId"
  WHERE n."shopId" = $1 ORDER BY n."madeAt" DESC, n."id" DESC LIMIT $2`
