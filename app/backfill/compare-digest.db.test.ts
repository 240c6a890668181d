import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createReceiver, type Receiver } from '~/receiver/receiver'
import { keyPurpose } from '../shops/ensure-shops'
import { laneOptions, runOut } from '../../tests/support/lanes'
import { arrival, gone, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { compareDigest } from './compare-digest'

const SHOP = 'quiet-harbour.myshopify.com'
const RECORDS = 50_000

let stages: Stages
let receiver: Receiver
let server: Server
let address: string
let shopId: string
let sourceConnectionId: string
let requests: string[] = []

beforeAll(async () => {
  stages = await openStages()
  receiver = createReceiver({ db: stages.db, onFailure: () => undefined })
  server = createServer((request, response) => {
    requests.push(request.url ?? '')
    void text(request).then(async (body) => {
      const { method = 'GET', headers } = request
      const init = {
        method,
        headers: { authorization: headers.authorization ?? '' },
        body: body === '' ? null : body,
      }
      const answer = await receiver.handle(new Request(`http://receiver.example${request.url}`, init))
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(await answer.text())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  const source = await stages.db.prisma.sourceConnection.findFirstOrThrow()
  shopId = source.shopId
  sourceConnectionId = source.id
  const key = await receiver.issueKey(SHOP)
  const sealedKey = stages.sealer.seal(key, keyPurpose(shopId))
  await stages.db.query(`UPDATE "SaasConnection" SET "sealedKey" = $1`, [sealedKey])
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await stages.close()
})

/** Both sides hold so many orders, in step. */
beforeEach(async () => {
  requests = []
  await stages.db.query(`DELETE FROM "SyncRun"`)
  await stages.db.query(`DELETE FROM "SyncRecord"`)
  await stages.db.query(`DELETE FROM "MirrorOrder"`)
  await stages.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "revision", "deliveredHash",
       "deliveredRevision", "deliveredTextHash", "deliveredGeneration")
     SELECT gen_random_uuid(), $1, 'order', (1000 + n)::text, 'in_step', 'hash', 7, 'hash', 7, encode(sha256(n::text::bytea), 'hex'), 1
     FROM generate_series(1, $2::int) n`,
    [sourceConnectionId, RECORDS],
  )
  await stages.db.query(
    `INSERT INTO "MirrorOrder" ("id", "storeId", "source", "store", "externalId", "revision", "body", "bodyHash", "idHash")
     SELECT gen_random_uuid(), (SELECT "id" FROM "MirrorStore"), 'shopify', $1, (1000 + n)::text, 7, '{}', encode(sha256(n::text::bytea), 'hex'),
            sha256((1000 + n)::text::bytea)
     FROM generate_series(1, $2::int) n`,
    [SHOP, RECORDS],
  )
})

const compare = (builtInAddress = address) =>
  compareDigest(sourceConnectionId, {
    db: stages.db,
    sealer: stages.sealer,
    clock: () => stages.clock.now,
    environmentKey: () => undefined,
    builtInAddress,
    signal: new AbortController().signal,
  })
const mirror = (set: string, ids: number[]) =>
  stages.db.query(`UPDATE "MirrorOrder" SET ${set} WHERE "externalId" = ANY($1)`, [ids.map(String)])
const waiting = () =>
  stages.db.query<{ externalId: string; revision: string }>(
    `SELECT "externalId", "revision" FROM "SyncRecord" WHERE "state" = 'waiting' ORDER BY "externalId"`,
  )

describe('comparing what the SaaS holds', () => {
  it('asks one question for each resource when all is as it was delivered, and says so', async () => {
    expect(await compare()).toEqual({ held: RECORDS, resent: 0, strangers: 0, rowsRead: 0 })
    expect(requests).toHaveLength(4)
    expect(await waiting()).toEqual([])
    expect(await stages.db.prisma.syncRun.findMany()).toMatchObject([
      {
        kind: 'digest',
        state: 'finished',
        detail: 'Compared 50000 records with what the SaaS holds, by hashes. Each is as it was delivered.',
      },
    ])
  })

  it('finds ten planted differences among fifty thousand with a few hundred rows read, and sends exactly those again', async () => {
    await stages.db.query(`DELETE FROM "MirrorOrder" WHERE "externalId" IN ('2001', '2002', '2003')`)
    await mirror(`"revision" = 6`, [3001, 3002])
    await mirror(`"revision" = 9000000000000`, [3003])
    await mirror(`"bodyHash" = repeat('0', 64)`, [4001, 4002, 4003, 4004])

    const compared = await compare()
    expect(compared).toMatchObject({ resent: 10, strangers: 0 })
    expect(compared!.rowsRead).toBeLessThan(400)
    expect(requests.length).toBeLessThan(100)
    const sent = await waiting()
    expect(sent.map(({ externalId }) => externalId)).toEqual([
      '2001',
      '2002',
      '2003',
      '3001',
      '3002',
      '3003',
      '4001',
      '4002',
      '4003',
      '4004',
    ])
    // The SaaS refuses a revision that is lower than the one it holds.
    expect(Number(sent.find(({ externalId }) => externalId === '3003')!.revision)).toBeGreaterThan(
      9_000_000_000_000,
    )
  })

  it('sends all again to a SaaS that has lost everything, whatever its size, in groups', async () => {
    await stages.db.query(`DELETE FROM "SyncRecord" WHERE "externalId"::int > 6000`)
    await stages.db.query(`DELETE FROM "MirrorOrder" WHERE "externalId"::int > 1010`)
    expect(await compare()).toMatchObject({ held: 10, resent: 4990 })
    expect(await waiting()).toHaveLength(4990)
  })

  it('agrees on what was delivered, singly and in batches, deletions too', async () => {
    await stages.db.query(`DELETE FROM "SyncRecord"`)
    await stages.db.query(`DELETE FROM "MirrorOrder"`)
    const options = { ...laneOptions(stages), builtInAddress: address }
    const intake = stages.intake()
    for (const id of ['1', '2', '3']) await intake.accept(arrival(SHOP, orderState(id, 1)))
    await intake.accept(arrival(SHOP, gone('order', '3', 9)))
    await runOut(shopId, options)
    await stages.db.query(`UPDATE "SaasConnection" SET "batchLimit" = 50, "batchLimitAskedAt" = $1`, [
      stages.clock.now,
    ])
    for (const id of ['4', '5'])
      await intake.accept(arrival(SHOP, orderState(id, 1, { number: 'Größe 5 €' })))
    await runOut(shopId, options)

    expect(requests.some((url) => url.endsWith('/batch'))).toBe(true)
    expect(requests.some((url) => url.endsWith('/webhook'))).toBe(true)
    expect(await compare()).toEqual({ held: 5, resent: 0, strangers: 0, rowsRead: 0 })
  })

  it('leaves alone what is on its way, and what the SaaS alone knows', async () => {
    await stages.db.query(`UPDATE "SyncRecord" SET "state" = 'retrying' WHERE "externalId" = '1500'`)
    await mirror(`"revision" = 6`, [1500])
    await stages.db.query(`DELETE FROM "SyncRecord" WHERE "externalId" = '1600'`)
    expect(await compare()).toMatchObject({ resent: 0, strangers: 1 })
    expect(await waiting()).toEqual([])
  })

  it('is not made while nothing may be sent, and says why it could not be made', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "pausedAt" = now()`)
    expect(await compare()).toBeNull()
    await stages.db.query(`UPDATE "SaasConnection" SET "pausedAt" = NULL`)
    expect(requests).toEqual([])
    expect(await compare(`${address}/nowhere`)).toBeNull()
    expect(await stages.db.prisma.syncRun.count()).toBe(0)
  })
})
