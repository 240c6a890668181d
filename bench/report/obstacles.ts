import { type FindingId } from './numbers'

const ACKNOWLEDGEMENTS =
  'of the time that the process is busy, three fifths go before and after our own code: the verification of the SDK (it rewrites header names about a hundred times a webhook, and takes WebCrypto), the way through express and Remix (all routes are compiled and matched anew, a Request and a Response with their streams), and collecting the garbage. And it is idle for a third of the time: one commit is under way at once, in eight round trips to PostgreSQL, and 64 connections do not bring enough work meanwhile.'
const DELIVERY =
  'web and worker share one thread, which is busy nearly all the time at this rate. A delivery makes ten round trips to PostgreSQL (fetch the job, claim, read, note the attempt, settle in a transaction, complete the job), and speaking to PostgreSQL is close to half of what the thread does.'

/**
 * What profiles have shown to stand in the way of each number; null where none was looked at. Said in the report only of a number
 * that is not reached; `npm run bench -- --compose` writes the report anew after a change here.
 */
export const OBSTACLES: Record<FindingId, string | null> = {
  'acknowledgements-of-remix': ACKNOWLEDGEMENTS,
  'acknowledgements-of-bare': ACKNOWLEDGEMENTS,
  'acknowledgement-p99':
    'a webhook waits for the commit that is under way, and for its own; the generator, PostgreSQL and the app share the same cores.',
  'delivery-p50': DELIVERY,
  'delivery-p99': DELIVERY,
  'burst-calls': null,
  'burst-differences': null,
  'burst-first-change': null,
  'backlog-newest-first': null,
  'backlog-neighbour': null,
  'growth-intake': null,
  'growth-delivery': null,
  'memory-growth': null,
}
