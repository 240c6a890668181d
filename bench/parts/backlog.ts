import { setTimeout as pause } from 'node:timers/promises'
import { NEIGHBOUR, STORE } from '../bench-database'
import { type Destination, startDestination } from '../destination'
import { type LoadResult, type Plan } from '../load/plan'
import { runLoad } from '../load/run-load'
import { type Ground, openGround, untilNothingIsDue } from '../measures/drain'
import { flood } from '../measures/measure-rounds'
import { rawRate } from '../measures/raw-rate'
import { newestFirst } from '../measures/newest-first'
import { dueAt, firstTaken, waysOfOrders } from '../measures/taken-times'
import { finding, rateReading, ratioReading, type Reading } from '../report/finding'
import { percentile, steadyRate } from '../statistics'
import { planFor, startRole } from '../subjects'
import { type Measured, type PartContext } from './part'

const SAAS_MS = 5
/** A generator signs what it sends before it begins. */
const SLICE = 20_000
const PATIENCE_SECONDS = 600
const DOWN_MS = 5_000
const NEIGHBOUR_A_SECOND = 2
const NEIGHBOUR_SECONDS = 5
/** While at least this share of the backlog waits, another shop's records are sent. */
const STILL_WAITING = 0.1

/** Many waiting records of one shop, delivered when the SaaS returns, while another shop's single ones arrive. */
export async function backlog(context: PartContext): Promise<Measured> {
  const { stage, options, counts } = context
  const destination = await startDestination(counts, { latencyMs: SAAS_MS })
  stage.atEnd(() => destination.stop())
  const ground = await openGround(context, 'backlog', destination)
  // The neighbour's shop is set up, so that its first record is like any other.
  await runLoad(neighbourPlan(ground, 1), counts)
  const filled = await fill(ground, context)

  await destination.saas.goDown()
  await startRole(stage, 'worker', ground.databaseUrl, destination.env)
  await pause(DOWN_MS)
  await destination.saas.comeBack()
  const backAt = Date.now()
  const pieces = await neighbourDuring(ground, context)
  await destination.untilTaken(counts.webhooks)
  await untilNothingIsDue(ground.databaseUrl)

  const takenAt = takenInOrderOfArrival(destination)
  const { firstAt, lastAt } = ends(takenAt)
  const ways = pieces.flatMap(({ plan, result }) =>
    waysOfOrders(destination.calls(), plan, result).filter((_, index) => dueAt(plan, result, index) < lastAt),
  )
  return {
    conditions: `${options.backlog} waiting records, drained once; ${ways.length} records of another shop meanwhile`,
    readings: [
      rateReading('acknowledgements a second while the backlog arrived', [filled]),
      rateReading('ms from the SaaS’s return to the first delivery', [firstAt - backAt]),
      rateReading('s from the first delivery to the last', [(lastAt - firstAt) / 1000]),
      ...againstLimit(steadyRate(takenAt), await rawRate(destination, options.seconds)),
      rateReading('p99 of another shop’s record meanwhile, ms', [percentile(ways, 0.99)]),
    ],
    findings: [finding('backlog-newest-first', [newestFirst(takenAt)]), finding('backlog-neighbour', ways)],
  }
}

function againstLimit(rate: number, limit: number): Reading[] {
  return [
    rateReading('records a second while draining', [rate]),
    rateReading('a raw loop of such calls on 16 connections: calls a second', [limit]),
    ratioReading('draining, to that loop', [rate / limit]),
  ]
}

/** Takes the backlog in; how many a second were acknowledged. */
async function fill({ web }: Ground, { options, counts }: PartContext): Promise<number> {
  let [acknowledged, seconds] = [0, 0]
  while (acknowledged < options.backlog) {
    const slice = Math.min(SLICE, options.backlog - acknowledged)
    const result = await flood(web, PATIENCE_SECONDS, counts, slice)
    acknowledged += result.acknowledged
    seconds += result.seconds
  }
  return acknowledged / seconds
}

interface Piece {
  plan: Plan
  result: LoadResult
}

/** Sends the other shop's records from when the drain has begun until little of the backlog is left. */
async function neighbourDuring(
  { web, destination }: Ground,
  { options, counts }: PartContext,
): Promise<Piece[]> {
  const pieces: Piece[] = []
  await destination.untilTaken(Math.min(100, options.backlog / 100))
  do {
    const plan = neighbourPlan({ web }, NEIGHBOUR_SECONDS)
    pieces.push({ plan, result: await runLoad(plan, counts) })
  } while (options.backlog - destination.taken() > options.backlog * STILL_WAITING)
  return pieces
}

function neighbourPlan({ web }: Pick<Ground, 'web'>, seconds: number): Plan {
  return planFor(web, seconds, { kind: 'open', perSecond: NEIGHBOUR_A_SECOND }, NEIGHBOUR)
}

/** When each of the backlog's orders was taken; their ids ascend as they arrived. */
function takenInOrderOfArrival(destination: Destination): number[] {
  const own = [...firstTaken(destination.calls())].filter(([key]) => key.split('|')[1] === STORE)
  const orderOf = (key: string) => Number(key.split('|').at(-1))
  return own.sort(([one], [other]) => orderOf(one) - orderOf(other)).map(([, at]) => at)
}

function ends(times: number[]): { firstAt: number; lastAt: number } {
  const sorted = times.toSorted((a, b) => a - b)
  return { firstAt: sorted[0] ?? Number.NaN, lastAt: sorted.at(-1) ?? Number.NaN }
}
