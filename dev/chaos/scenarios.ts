import { type WebhookFaultInput } from '../shopify/webhooks/faults'
import { type SaasFaultInput } from '../saas/faults'
import { type Random } from '../shopify/random'
import { type Episode } from './episode'
import { type Layout } from './fleet'

/** Draws what goes wrong next, and how long all is calm before it, in milliseconds. */
export interface Hand {
  calmMs: [min: number, max: number]
  /** Null: nothing more. */
  draw(random: Random): Episode | null
}

/** One way for things to go wrong, again and again under load. */
export interface Scenario {
  name: string
  /** What it is about, in words. */
  what: string
  layout: Layout
  batchLimit: number | null
  latencyMs: number
  /** How busy the store is: changes a second, each of which is two or three webhooks. */
  changesPerSecond: number
  /** Misfortunes of the webhooks, through the whole load. */
  webhooks: WebhookFaultInput[]
  /** Each plays one episode after the other; the hands play at once. */
  hands: Hand[]
  /** Codes of dead letters that it causes. */
  deadly: string[]
  /** Whether only deaths keep a record from its next call, so that it must come within a minute. */
  isGivenBackSoon: boolean
}

/** The network is never quite well. */
const ORDINARY: WebhookFaultInput[] = [
  { kind: 'duplicate', chance: 0.06 },
  { kind: 'reorder', window: 6, chance: 0.15 },
]
const ASTRAY: WebhookFaultInput[] = [
  { kind: 'duplicate', copies: 3, chance: 0.12 },
  { kind: 'reorder', window: 25, chance: 0.2 },
  { kind: 'delay', ms: 2_500, chance: 0.1 },
  { kind: 'delay', ms: 7_000, chance: 0.06 },
  { kind: 'drop', chance: 0.08 },
  { kind: 'tamper', chance: 0.04 },
]

const CALM: Omit<Scenario, 'name' | 'what' | 'hands'> = {
  layout: 'split',
  batchLimit: null,
  latencyMs: 40,
  changesPerSecond: 8,
  webhooks: ORDINARY,
  deadly: [],
  isGivenBackSoon: false,
}

const deaths = (of: ('web' | 'worker')[], calmMs: Hand['calmMs'] = [1_500, 6_000]): Hand => ({
  calmMs,
  draw: (random) => ({
    kind: 'death',
    of: random.pick(of),
    which: random.int(0, 1),
    downMs: random.int(100, 3_000),
  }),
})
const databaseStops: Hand = {
  calmMs: [3_000, 8_000],
  draw: (random) => ({ kind: 'database', downMs: random.int(50, 4_000) }),
}
const saasFaults = (faults: SaasFaultInput[], ms: [min: number, max: number] = [800, 4_000]): Hand => ({
  calmMs: [800, 4_000],
  draw: (random) => ({ kind: 'saas', fault: random.pick(faults), ms: random.int(...ms) }),
})
const saasGoesDown: Hand = {
  calmMs: [2_000, 6_000],
  draw: (random) => ({ kind: 'saas is down', ms: random.int(300, 6_000) }),
}
const hoursPass: Hand = {
  calmMs: [1_500, 4_000],
  draw: (random) =>
    random.chance(0.4) ? { kind: 'redelivery' } : { kind: 'hours', hours: random.int(1, 20) / 20 },
}

const SLOW: SaasFaultInput[] = [
  { kind: 'slow', ms: 700 },
  { kind: 'slow', ms: 3_000, chance: 0.4 },
  { kind: 'slow', ms: 11_500, chance: 0.15 },
  { kind: 'hang', chance: 0.15 },
]
const THROTTLING: SaasFaultInput[] = [
  { kind: 'rate_limit', perSecond: 5 },
  { kind: 'rate_limit', perSecond: 1 },
  { kind: 'status', status: 429, retryAfter: 2 },
  { kind: 'status', status: 503, retryAfter: 1, chance: 0.5 },
]
const BROKEN: SaasFaultInput[] = [
  { kind: 'reset', chance: 0.6 },
  { kind: 'reset', after: 'taking', chance: 0.6 },
  { kind: 'cut_off', chance: 0.6 },
  { kind: 'garbage', chance: 0.6 },
  { kind: 'huge', bytes: 300_000, chance: 0.4 },
  { kind: 'status', status: 500, chance: 0.7 },
  { kind: 'status', status: 408, chance: 0.3 },
]
const SHORT_BATCHES: SaasFaultInput[] = [{ kind: 'short_batch' }, { kind: 'short_batch', chance: 0.5 }]
const REFUSING: SaasFaultInput[] = [
  { kind: 'not_taken', chance: 0.5 },
  { kind: 'not_taken', how: 'unsuccessful', chance: 0.5 },
  { kind: 'not_taken', resource: 'product' },
  { kind: 'status', status: 422, code: 'NAME_TAKEN', message: 'That name is taken', chance: 0.3 },
]
const DEADLY = ['SKIPPED', 'NOT_TAKEN', 'NAME_TAKEN', 'ERROR']
const UNAUTHORISED: SaasFaultInput[] = [
  { kind: 'status', status: 401 },
  { kind: 'status', status: 403 },
]

/** A scenario against the endpoint for one event, and the same against the one for many. */
function bothWays(scenario: Scenario, forBatches: Partial<Scenario> = {}): Scenario[] {
  return [
    scenario,
    {
      ...scenario,
      batchLimit: 25,
      ...forBatches,
      name: `${scenario.name}-in-batches`,
      what: `${scenario.what}; many records a call`,
    },
  ]
}

/** Everything that can go wrong, by name. */
export const SCENARIOS: readonly Scenario[] = [
  ...bothWays({
    ...CALM,
    name: 'worker-killed',
    what: 'kill -9 of one of two workers, in the middle of calls',
    latencyMs: 400,
    hands: [deaths(['worker'])],
    isGivenBackSoon: true,
  }),
  {
    ...CALM,
    name: 'web-killed',
    what: 'kill -9 of the web server, in the middle of webhooks',
    hands: [deaths(['web'])],
  },
  {
    ...CALM,
    name: 'all-in-one-killed',
    what: 'kill -9 of the one process that does everything',
    layout: 'one',
    latencyMs: 400,
    hands: [deaths(['web'], [3_000, 8_000])],
    isGivenBackSoon: true,
  },
  {
    ...CALM,
    name: 'database-killed',
    what: 'PostgreSQL stopped at once, and started again',
    latencyMs: 100,
    hands: [databaseStops],
  },
  {
    ...CALM,
    name: 'database-killed-under-one',
    what: 'the same, under one process that does everything',
    layout: 'one',
    hands: [databaseStops],
  },
  ...bothWays({
    ...CALM,
    name: 'worker-frozen',
    what: 'a worker stands still for longer than its lease, then goes on with what it was doing',
    latencyMs: 300,
    hands: [
      {
        calmMs: [1_000, 4_000],
        draw: (random) => ({ kind: 'freeze', which: random.int(0, 1), ms: random.int(2_000, 34_000) }),
      },
    ],
  }),
  {
    ...CALM,
    name: 'database-locked',
    what: "somebody's long transaction locks a table, for longer than a lease too",
    // Calls that last, and room for more of them: what is claimed again while it is under way is seen.
    latencyMs: 3_000,
    changesPerSecond: 1.5,
    hands: [
      {
        calmMs: [3_000, 8_000],
        draw: (random) => ({
          kind: 'lock',
          table: random.pick(['SyncAttempt', 'SyncAttempt', 'SyncRecord', 'SaasConnection'] as const),
          ms: random.chance(0.6) ? random.int(25_500, 29_500) : random.int(3_000, 20_000),
        }),
      },
    ],
  },
  ...bothWays({
    ...CALM,
    name: 'saas-down',
    what: 'nothing listens at the address of the SaaS',
    layout: 'one',
    hands: [saasGoesDown],
  }),
  ...bothWays({
    ...CALM,
    name: 'saas-slow',
    what: 'the SaaS is slow, slower than anybody waits, or silent',
    hands: [saasFaults(SLOW, [1_000, 5_000])],
  }),
  ...bothWays({
    ...CALM,
    name: 'saas-throttling',
    what: '429 and 503 with Retry-After',
    layout: 'one',
    hands: [saasFaults(THROTTLING)],
  }),
  ...bothWays(
    {
      ...CALM,
      name: 'saas-broken',
      what: 'connections reset before and after taking, answers cut off, garbage, endless, 5xx',
      hands: [saasFaults(BROKEN)],
    },
    { hands: [saasFaults([...BROKEN, ...SHORT_BATCHES])] },
  ),
  ...bothWays({
    ...CALM,
    name: 'saas-refusing',
    what: '200 without taking, and 422: dead letters, revived by newer changes and by hand',
    layout: 'one',
    hands: [saasFaults(REFUSING)],
    deadly: DEADLY,
  }),
  ...bothWays({
    ...CALM,
    name: 'saas-unauthorised',
    what: '401 and 403 for a while: the connection is held, and heals by its probe',
    layout: 'one',
    hands: [saasFaults(UNAUTHORISED, [2_000, 5_000])],
  }),
  {
    ...CALM,
    name: 'paused-by-hand',
    what: 'a person pauses sending and resumes it, again and again',
    hands: [{ calmMs: [1_000, 4_000], draw: (random) => ({ kind: 'pause', ms: random.int(500, 6_000) }) }],
  },
  {
    ...CALM,
    name: 'webhooks-astray',
    what: 'webhooks duplicated, reordered, hours late, tampered with, dropped and sent after all',
    layout: 'one',
    webhooks: ASTRAY,
    hands: [hoursPass],
  },
  ...bothWays(
    {
      ...CALM,
      name: 'everything',
      what: 'all of it at once',
      latencyMs: 80,
      webhooks: ASTRAY,
      hands: [
        deaths(['web', 'worker', 'worker'], [4_000, 12_000]),
        { ...databaseStops, calmMs: [10_000, 25_000] },
        saasFaults([...SLOW, ...THROTTLING, ...BROKEN]),
        hoursPass,
      ],
    },
    {},
  ),
]

/** The scenarios of those names. @throws Error naming all that there are, when one of the names is none */
export function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  if (names.length === 0) return SCENARIOS
  return names.map((name) => {
    const found = SCENARIOS.find((scenario) => scenario.name === name)
    if (!found) {
      const all = SCENARIOS.map((scenario) => `  ${scenario.name.padEnd(32)}${scenario.what}`).join('\n')
      throw new Error(`There is no scenario "${name}". There are:\n${all}`)
    }
    return found
  })
}
