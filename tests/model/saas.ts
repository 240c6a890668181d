import { type Arrived } from './switchboard'
import { z } from 'zod'
import { Envelope } from '~/contracts/shared-schema'
import { desiredHash } from '~/records/compose-record'
import { type Answer, ANSWERS } from './answers'
import { type RowImage } from './journal'
import { type Says } from './store'

/** A call that waits for its answer, and who made it. */
export interface PendingCall {
  tenant: number
  worker: string
  isBatch: boolean
  envelopes: Envelope[]
  arrived: Arrived
}

/** What the SaaS holds of a record. */
export interface Held {
  revision: number
  /** The hash of what it was sent, as Parity counts what a SaaS would see. */
  hash: string
  says: Says
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
  holds(tenant: number, record: string): Held | undefined
  /** Whether it has refused a record in the words of its row; and that state of it, unless only the words count. */
  hasRefused(row: RowImage, inAnyState: boolean): boolean
  /** Ends all connections that wait for it. */
  hangUp(): void
}

const Body = z.union([z.object({ events: z.array(Envelope) }), Envelope])
const Content = z.object({ total: z.string(), test: z.boolean() })

/** @param onCall told of every call that has arrived */
export function createSaas(batchLimit: number | null, onCall: () => void): Saas {
  const held = new Map<string, Held>()
  const sent = new Map<string, string>()
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
      noteMeanings(call)
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
    holds: (tenant, record) => held.get(`${tenant}/${record}`),
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

  /** One revision of a record, like one idempotency key, always means the same bytes to the same tenant. */
  function noteMeanings({ tenant, envelopes, arrived }: PendingCall): void {
    noteMeaning(`the key ${String(arrived.request.headers['idempotency-key'])}`, `${tenant} ${arrived.body}`)
    for (const envelope of envelopes) {
      const { external_id: record, revision } = envelope.data
      noteMeaning(`revision ${revision} of record ${record}`, `${tenant} ${JSON.stringify(envelope)}`)
    }
  }

  function noteMeaning(name: string, meaning: string): void {
    const before = sent.get(name) ?? meaning
    if (before !== meaning) saas.faults.push(`Two things were sent under ${name}:\n  ${before}\n  ${meaning}`)
    sent.set(name, before)
  }

  function reply(call: PendingCall, answer: Answer): void {
    const { arrived, envelopes, tenant, isBatch } = call
    const results = envelopes.map((envelope, index) => act(tenant, envelope, forTraveller(answer, index)))
    if (answer.status === null) return void arrived.response.socket?.destroy()
    if (answer.text !== undefined) return void arrived.response.writeHead(answer.status).end(answer.text)
    const isTold = answer.status === 200 && isBatch
    json(arrived, answer.status, isTold ? batchAnswer(results) : results[0]!, answer.headers)
  }

  /** Acts on one record as the answer has it, and says so in the words of `unified`. */
  function act(tenant: number, envelope: Envelope, { means, takes, status }: Answer): Result {
    if (takes === 'now') return take(tenant, envelope) ? SYNCED : STALE
    if (status === 404 && !isGone(tenant, envelope)) return {}
    const message = `Said of refusal ${refusals.length + 1}.`
    if (means === 'rejected')
      refusals.push({ record: envelope.data.external_id, hash: hashOf(envelope), words: message })
    const code = means === 'waits' ? 'MISSING_REFERENCE' : 'SAID'
    const counts = { syncedCount: 0, skippedCount: 1, code, message }
    return status === 200 ? { success: true, data: counts } : { success: false, error: { code, message } }
  }

  /** Whether there is nothing to delete: then a 404 in its own words is a success. It is remembered as a deletion. */
  function isGone(tenant: number, envelope: Envelope): boolean {
    const { says = 'gone' } = saas.holds(tenant, envelope.data.external_id) ?? {}
    return envelope.action === 'deleted' && says === 'gone' && take(tenant, envelope)
  }

  /** Takes a record, unless what is held is newer. */
  function take(tenant: number, envelope: Envelope): boolean {
    const { external_id: record, revision } = envelope.data
    if ((saas.holds(tenant, record)?.revision ?? 0) > revision) return false
    const says = envelope.action === 'deleted' ? 'gone' : Content.parse(envelope.data)
    held.set(`${tenant}/${record}`, { revision, hash: hashOf(envelope), says })
    return true
  }
}

type Result = { success?: boolean; data?: object; error?: object }
const SYNCED: Result = { success: true, data: { syncedCount: 1, skippedCount: 0, id: 'saas-1' } }
const STALE: Result = { success: true, data: { syncedCount: 0, skippedCount: 0, staleCount: 1 } }

/** Of a batch of which one record is not taken, the others are. */
function forTraveller(answer: Answer, index: number): Answer {
  return answer.status === 200 && index > 0 ? { ...ANSWERS.takes } : answer
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

function hashOf({ action, data: { revision: _revision, ...data } }: Envelope): string {
  return desiredHash({ action, data })
}

function json({ response }: Arrived, status: number, body: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
