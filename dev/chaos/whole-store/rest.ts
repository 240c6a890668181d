import { setTimeout as pause } from 'node:timers/promises'
import { type World } from './world'

const SAID_EVERY_MS = 15_000

interface Left {
  records: number
  questions: number
  runs: number
}

/**
 * Lets Shopify deliver what it still would, and waits until no record is on its way, nothing is to be asked and no run is under way. What was
 * lost stays lost.
 *
 * @returns seconds
 * @throws Error when it takes too long
 */
export async function comeToRest({ shop, db, say, patienceMs }: World): Promise<number> {
  const began = Date.now()
  await delivered(shop)
  let saidAt = began
  for (;;) {
    const [left] = await db.query<Left & { [column: string]: unknown }>(
      `SELECT (SELECT count(*)::int FROM "SyncRecord" WHERE "state" IN ('waiting', 'delivering', 'retrying', 'held') AND "dueAt" IS NOT NULL) AS records,
              (SELECT count(*)::int FROM "Question") AS questions,
              (SELECT count(*)::int FROM "SyncRun" WHERE "endedAt" IS NULL AND "state" <> 'asking') AS runs`,
    )
    const { records, questions, runs } = left!
    if (records + questions + runs === 0) return (Date.now() - began) / 1_000
    const words = `${records} records to deliver, ${questions} questions to ask, ${runs} runs under way`
    if (Date.now() - began > patienceMs) throw new Error(`Nothing came to rest: ${words}`)
    if (Date.now() - saidAt > SAID_EVERY_MS) {
      say(words)
      saidAt = Date.now()
    }
    await pause(500)
  }
}

async function delivered(shop: World['shop']): Promise<void> {
  let isSettled = false
  const settled = shop.settled().then(() => (isSettled = true))
  while (!isSettled) {
    shop.courier.retryNow()
    await Promise.race([settled, pause(1_000)])
  }
}
