import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { type Sql } from '../db.server'
import { toError } from '../lib/errors'
import { type Logger } from '../logger.server'

const CHANNEL = 'parity_due'
const RECONNECT_MS = 1_000

/**
 * Tells every worker that these shops have something due, when the caller's transaction commits. A signal is a hint and may be
 * lost: what is due stands in the records, and the sweep finds it.
 */
export async function notifyDue(tx: Sql, shopIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(shopIds)].sort()
  if (ids.length === 0) return
  await tx.query(`SELECT pg_notify('${CHANNEL}', id) FROM unnest($1::text[]) AS s(id)`, [ids])
}

/** An ear for `notifyDue`. */
export interface DueListener {
  close(): Promise<void>
}

/**
 * Listens for shops that have something due, over a connection of its own that is made anew when it breaks.
 *
 * @param onDue told of each signal
 * @param onListening told whenever listening begins: what was signalled before has not been heard
 */
export async function listenForDue(options: {
  connectionString: string
  logger: Logger
  onDue(shopId: string): void
  onListening(): void
}): Promise<DueListener> {
  const { logger, onDue, onListening } = options
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
    const fresh = new pg.Client({ connectionString, application_name: 'parity-signals', keepAlive: true })
    fresh.on('notification', ({ payload }) => payload && onDue(payload))
    fresh.on('error', (error) => logger.warn({ err: error }, 'signals.broken'))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${CHANNEL}`)
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
