import { type Arrived } from './switchboard'
import { z } from 'zod'
import { Envelope } from '~/contracts/shared-schema'
import { type Answer, ANSWERS } from './answers'
import { type RowImage } from './journal'
import { createMeanings } from './meanings'
import { createShelf, hashOf, type Shelf } from './shelf'

/** A call that waits for its answer, and who made it. */
export interface PendingCall {
  tenant: number
  worker: string
  isBatch: boolean
  envelopes: Envelope[]
  arrived: Arrived
}

/**
 * The SaaS of one shop, with all of its tenants: it lets calls wait until it is told how to answer, takes what is not older than what it
 * holds, and remembers all that it was ever sent.
 */
export interface Saas {
  /** Calls that have arrived since somebody looked, while it was not well. */
  arrived: PendingCall[]
  pending: PendingCall[]
  /** Calls that it has not acted on, and whose callers are gone. */
  late: PendingCall[]
  /** What was done to it that nobody may do, in words. */
  faults: string[]
  receive(arrived: Arrived): void
  answer(call: PendingCall, answer: Answer): void
  /** From now on it takes everything, at once. */
  getWell(): void
  /** The worker has died: nobody hears what is answered to its calls, and the SaaS may act on them still. */
  orphan(worker: string): void
  /** Acts on one of the calls whose callers are gone. */
  takeLate(index: number): void
  /** What a tenant holds of a record. */
  holds: Shelf['holds']
  /** Whether it has refused a record in the words of its row; and that state of it, unless only the words count. */
  hasRefused(row: RowImage, inAnyState: boolean): boolean
  /** Ends all connections that wait for it. */
  hangUp(): void
}

const Body = z.union([z.object({ events: z.array(Envelope) }), Envelope])

/** @param onCall told of every call that has arrived */
export function createSaas(batchLimit: number | null, onCall: () => void): Saas {
  const shelf = createShelf()
  const meanings = createMeanings()
  const refusals: { record: string; hash: string; words: string }[] = []
  let isWell = false

  const saas: Saas = {
    arrived: [],
    pending: [],
    late: [],
    faults: [],
    receive(arrived) {
      if (arrived.request.method === 'GET')
        return json(arrived, 200, { data: { batch_limit: batchLimit ?? 'none' } })
      const call = readCall(arrived)
      saas.faults.push(...meanings.note(call))
      if (isWell) return reply(call, ANSWERS.takes)
      saas.pending.push(call)
      saas.arrived.push(call)
      onCall()
    },
    answer(call, answer) {
      saas.pending = saas.pending.filter((one) => one !== call)
      if (answer.takes === 'later') saas.late.push(call)
      reply(call, answer)
    },
    getWell: () => void (isWell = true),
    orphan(worker) {
      saas.late.push(...saas.pending.filter((call) => call.worker === worker))
      saas.pending = saas.pending.filter((call) => call.worker !== worker)
    },
    takeLate(index) {
      const [call] = saas.late.splice(index % saas.late.length, 1)
      if (call) reply(call, ANSWERS['takes it, and its answer is lost'])
    },
    holds: shelf.holds,
    hasRefused: ({ externalId, desiredHash: hash, reason }, inAnyState) =>
      refusals.some(
        (one) =>
          one.record === externalId && reason?.includes(one.words) && (inAnyState || one.hash === hash),
      ),
    hangUp() {
      for (const { arrived } of [...saas.pending, ...saas.late]) arrived.response.socket?.destroy()
    },
  }
  return saas

  function reply(call: PendingCall, answer: Answer): void {
    const { arrived, envelopes, tenant } = call
    const isEach = call.isBatch && isOfRecords(answer)
    const meant = refusals.length % envelopes.length
    const results = envelopes.map((envelope, index) =>
      act(tenant, envelope, !isEach ? answer : index === meant ? { ...answer, status: 200 } : ANSWERS.takes),
    )
    if (answer.status === null) return void arrived.response.socket?.destroy()
    if (answer.text !== undefined) return void arrived.response.writeHead(answer.status).end(answer.text)
    if (isEach) json(arrived, 200, batchAnswer(results))
    else json(arrived, answer.status, results[0]!, answer.headers)
  }

  /** Acts on one record as the answer has it, and says so in the words of `unified`. */
  function act(tenant: number, envelope: Envelope, { means, takes, status }: Answer): Result {
    if (takes === 'now') return shelf.take(tenant, envelope) ? SYNCED : STALE
    if (status === 404 && !shelf.isGone(tenant, envelope)) return {}
    const message = `Said of refusal ${refusals.length + 1}.`
    if (means === 'rejected')
      refusals.push({ record: envelope.data.external_id, hash: hashOf(envelope), words: message })
    const code = means === 'waits' ? 'MISSING_REFERENCE' : 'SAID'
    const counts = { syncedCount: 0, skippedCount: 1, code, message }
    return status === 200 ? { success: true, data: counts } : { success: false, error: { code, message } }
  }
}

type Result = { success?: boolean; data?: object; error?: object }
const SYNCED: Result = { success: true, data: { syncedCount: 1, skippedCount: 0, id: 'saas-1' } }
const STALE: Result = { success: true, data: { syncedCount: 0, skippedCount: 0, staleCount: 1 } }

/** Whether a batch is answered record by record: then it is one of them that is not taken, and the others are. Else it is answered as a whole. */
function isOfRecords({ means, status, text }: Answer): boolean {
  const isRefusal = means === 'rejected' && [200, 400, 409, 422].includes(status ?? 0)
  return text === undefined && (means === 'delivered' || means === 'waits' || isRefusal)
}

function batchAnswer(results: Result[]): object {
  const words = results.map((result) => {
    if (result === SYNCED) return { status: 'synced', id: 'saas-1' }
    if (result === STALE) return { status: 'stale' }
    return { status: 'skipped', ...result.data }
  })
  return { success: true, data: { results: words } }
}

function readCall(arrived: Arrived): PendingCall {
  const body = Body.parse(JSON.parse(arrived.body))
  const { authorization = '' } = arrived.request.headers
  return {
    tenant: Number(arrived.path.split('/')[0]),
    worker: authorization.replace('Bearer ', ''),
    isBatch: 'events' in body,
    envelopes: 'events' in body ? body.events : [body],
    arrived,
  }
}

function json({ response }: Arrived, status: number, body: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
