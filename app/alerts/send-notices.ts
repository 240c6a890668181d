import { type AlertChannel } from '../contracts/incident'
import { type Database } from '../db.server'
import { type Done, type Turn } from '../jobs/schedule'
import { waitAfter } from '../lib/backoff'
import { ParityError } from '../lib/errors'
import { type Logger } from '../logger.server'
import { claimNotices } from './claim-notices'
import { type DueNotice, type TellOf, type Told } from './told'

/** How many notices are taken at a time. */
const PAGE = 20
/** After so many tries, about an hour and a half, a notice is given up: old news would only confuse. */
const MOST_TRIES = 8

/** What became of one try; `code` is stable, for people to look up. */
export type Sent = { kind: 'sent' } | { kind: 'failed'; code: string; isFinal: boolean }

/** Sends a notice by one way. Never throws for a receiver that does not take it. */
export type SendBy = (notice: DueNotice, told: Told) => Promise<Sent>

/** What sending needs. */
export interface NoticePorts {
  db: Database
  logger: Logger
  tell: TellOf
  by: Record<AlertChannel, SendBy>
}

/** Sends the notices that are due; one that fails is tried again, with waits that grow, until it is too old to be of use. */
export async function sendNotices(ports: NoticePorts, { now, signal }: Turn): Promise<Done> {
  let sent = 0
  for (;;) {
    const notices = signal.aborted ? [] : await claimNotices(ports.db, PAGE, now)
    if (notices.length === 0) return { sent }
    const ends = await Promise.all(notices.map((notice) => sendOne(ports, notice, now)))
    sent += ends.filter((isSent) => isSent).length
  }
}

/** What our own code cannot do with one notice, such as open its secret, keeps no other from being sent. */
async function tryToSend(notice: DueNotice, { tell, by }: Pick<NoticePorts, 'tell' | 'by'>): Promise<Sent> {
  try {
    return await by[notice.channel](notice, tell(notice))
  } catch (error) {
    return { kind: 'failed', code: error instanceof ParityError ? error.code : 'NOT_MADE', isFinal: false }
  }
}

async function sendOne(
  { db, logger, tell, by }: NoticePorts,
  notice: DueNotice,
  now: Date,
): Promise<boolean> {
  const end = await tryToSend(notice, { tell, by })
  if (end.kind === 'sent') {
    await db.query(`UPDATE "AlertNotice" SET "dueAt" = NULL, "sentAt" = $2, "code" = NULL WHERE "id" = $1`, [
      notice.id,
      now,
    ])
    return true
  }
  const { code, isFinal } = end
  const wait = isFinal || notice.tries >= MOST_TRIES ? null : waitAfter(notice.tries)
  const dueAt = wait === null ? null : new Date(now.getTime() + wait)
  await db.query(`UPDATE "AlertNotice" SET "dueAt" = $2, "code" = $3 WHERE "id" = $1`, [
    notice.id,
    dueAt,
    code,
  ])
  logger.warn(
    { notice: notice.id, channel: notice.channel, code, isGivenUp: dueAt === null },
    'alert.not_sent',
  )
  return false
}
