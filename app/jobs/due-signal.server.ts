import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Sql } from '../db.server'
import { toError } from '../lib/errors'
import { type Logger } from '../logger.server'

const DUE = 'parity_due'
const QUESTIONS = 'parity_questions'
const RECONNECT_MS = 1_000
/** A connection whose other end is gone without a word is found out after about this time and a few unanswered questions. */
const QUIET_MS = 10_000
const Id = z.uuid()

/**
 * Tells every worker that these shops have something due, when the caller's transaction commits. A signal is a hint and may be
 * lost: what is due stands in the records, and the sweep finds it.
 */
export async function notifyDue(tx: Sql, shopIds: Iterable<string>): Promise<void> {
  await notify(tx, DUE, shopIds)
}

/** Tells every worker that these source connections have something to be asked, likewise: the questions stand in their table. */
export async function notifyQuestions(tx: Sql, sourceConnectionIds: Iterable<string>): Promise<void> {
  await notify(tx, QUESTIONS, sourceConnectionIds)
}

async function notify(tx: Sql, channel: string, ids: Iterable<string>): Promise<void> {
  const sorted = [...new Set(ids)].sort()
  if (sorted.length === 0) return
  await tx.query(`SELECT pg_notify('${channel}', id) FROM unnest($1::text[]) AS s(id)`, [sorted])
}

/** An ear for the signals. */
export interface DueListener {
  close(): Promise<void>
}

/**
 * Listens for shops that have something due, and for sources that have something to be asked, over a connection of its own that is made anew when it breaks.
 *
 * @param onDue told of each shop that has something due
 * @param onQuestions told of each source connection that has something to be asked
 * @param onListening told whenever listening begins: what was signalled before has not been heard
 */
export async function listenForDue(options: {
  connectionString: string
  logger: Logger
  onDue(shopId: string): void
  onQuestions?(sourceConnectionId: string): void
  onListening(): void
}): Promise<DueListener> {
  const { logger, onDue, onQuestions, onListening } = options
  let isClosed = false
  let client = await connect()
  onListening()

  return {
    async close() {
      isClosed = true
      await client.end().catch(() => undefined)
    },
  }

  async function connect(): Promise<pg.Client> {
    const { connectionString } = options
    const fresh = new pg.Client({
      connectionString,
      application_name: 'parity-signals',
      keepAlive: true,
      keepAliveInitialDelayMillis: QUIET_MS,
    })
    fresh.on('notification', ({ channel, payload }) => {
      const id = Id.safeParse(payload)
      if (!id.success) logger.warn({ channel }, 'signals.malformed')
      else if (channel === DUE) onDue(id.data)
      else onQuestions?.(id.data)
    })
    fresh.on('error', (error) => logger.warn({ err: error }, 'signals.broken'))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${DUE}; LISTEN ${QUESTIONS}`)
    } catch (error) {
      await fresh.end().catch(() => undefined)
      throw error
    }
    fresh.once('end', () => void reconnect())
    return fresh
  }

  async function reconnect(): Promise<void> {
    while (!isClosed) {
      try {
        client = await connect()
        if (isClosed) await client.end()
        else onListening()
        return
      } catch (error) {
        logger.warn({ err: toError(error) }, 'signals.unreachable')
        await pause(RECONNECT_MS)
      }
    }
  }
}
