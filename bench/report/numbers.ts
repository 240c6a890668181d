import { z } from 'zod'

/** The numbers that are to be reached. */
export const FindingId = z.enum([
  'acknowledgements-of-remix',
  'acknowledgements-of-bare',
  'acknowledgement-p99',
  'delivery-p50',
  'delivery-p99',
  'burst-calls',
  'burst-differences',
  'burst-first-change',
  'backlog-newest-first',
  'backlog-neighbour',
  'growth-intake',
  'growth-delivery',
  'memory-growth',
  'backfill-rate',
  'backfill-memory',
  'reconciliation-growth',
  'parity-growth',
  'dashboard-statement',
  'dashboard-lcp',
  'dashboard-cls',
  'dashboard-inp',
])
export type FindingId = z.infer<typeof FindingId>

/** What is measured, and when it is reached. */
export interface NumberToReach {
  what: string
  /** Written after the value. */
  unit: string
  decimals: number
  bound: 'at least' | 'at most' | 'under'
  limit: number
  /** Which of the rounds must reach it: the middle one, or every single one. */
  judged: 'median' | 'every'
}

/** The design's "Numbers to reach" of intake, delivery and backfill, and what the issues ask beside them. */
export const NUMBERS: Record<FindingId, NumberToReach> = {
  'acknowledgements-of-remix': {
    what: 'acknowledgements, to the Remix action',
    ...atLeast(1.8, ' ×'),
  },
  'acknowledgements-of-bare': {
    what: 'acknowledgements, to the bare server',
    ...atLeast(0.6, ' ×'),
  },
  'acknowledgement-p99': { what: 'acknowledgement at half that load, p99', ...under(50, ' ms') },
  'delivery-p50': { what: 'webhook to the SaaS’s answer, 200 a second, p50', ...under(50, ' ms') },
  'delivery-p99': { what: 'webhook to the SaaS’s answer, 200 a second, p99', ...under(250, ' ms') },
  'burst-calls': {
    what: 'calls a webhook on a burst, refused ones counted',
    unit: '',
    decimals: 3,
    bound: 'at most',
    limit: 0.2,
    judged: 'median',
  },
  'burst-differences': {
    what: 'differences between the last state sent and the SaaS’s mirror after a burst',
    unit: '',
    decimals: 0,
    bound: 'at most',
    limit: 0,
    judged: 'every',
  },
  'burst-first-change': {
    what: 'the first change of an idle record, webhook to the beginning of the call',
    ...under(50, ' ms'),
  },
  'backlog-newest-first': {
    what: 'newest first: share of the newest tenth of a backlog in the first fifth of its drain',
    ...atLeast(0.9, ''),
  },
  'backlog-neighbour': {
    what: 'another shop’s single record while the backlog drains, webhook to the SaaS’s answer',
    ...under(1_000, ' ms'),
    decimals: 0,
    judged: 'every',
  },
  'growth-intake': { what: 'acknowledgements on the large store, to the small one', ...atLeast(0.8, ' ×') },
  'growth-delivery': { what: 'deliveries on the large store, to the small one', ...atLeast(0.8, ' ×') },
  'memory-growth': {
    what: 'resident memory in the last third of the load, to the second third',
    unit: ' ×',
    decimals: 2,
    bound: 'at most',
    limit: 1.15,
    judged: 'median',
  },
  'backfill-rate': {
    what: 'backfill from a bulk file, records a second',
    ...atLeast(3_000, ''),
    decimals: 0,
  },
  'backfill-memory': {
    what: 'resident memory’s peak with the large export, to that with 10 thousand lines',
    ...atMost(1.3, ' ×'),
  },
  'reconciliation-growth': {
    what: 'the light reconciliation of 100 changes on the large store, to the small one',
    ...atMost(1.2, ' ×'),
  },
  'parity-growth': { what: 'reading the parity of the large store, to the small one', ...atMost(1.2, ' ×') },
  'dashboard-statement': {
    what: 'the slowest statement of any page on the large store',
    ...atMost(50, ' ms'),
    decimals: 1,
  },
  'dashboard-lcp': {
    what: 'the largest content of a page is painted after',
    ...atMost(1_500, ' ms'),
    decimals: 0,
  },
  'dashboard-cls': {
    what: 'how far a page moves by itself, as a share of the screen',
    ...atMost(0.05, ''),
    decimals: 3,
    judged: 'every',
  },
  'dashboard-inp': {
    what: 'the slowest answer of a page to a press',
    ...atMost(200, ' ms'),
    decimals: 0,
  },
}

function atLeast(limit: number, unit: string): Omit<NumberToReach, 'what'> {
  return { unit, decimals: 2, bound: 'at least', limit, judged: 'median' }
}

function atMost(limit: number, unit: string): Omit<NumberToReach, 'what'> {
  return { unit, decimals: 2, bound: 'at most', limit, judged: 'median' }
}

function under(limit: number, unit: string): Omit<NumberToReach, 'what'> {
  return { unit, decimals: 1, bound: 'under', limit, judged: 'median' }
}
