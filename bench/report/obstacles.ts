import { type FindingId } from './numbers'

const ACKNOWLEDGEMENTS =
  'a webhook costs the app about 0.28 ms of one core (mapping, reading JSON, two seals, two hashes, HTTP, the binding of statements), PostgreSQL about 0.11 ms (the event, the record and its word, with their indexes) and the generator 0.1 ms, and the three share two cores. What went before and after our own code is gone: webhooks pass by express and Remix, the signature is checked without WebCrypto, a commit takes four round trips instead of eight, two are under way at once, a new record is written once, and what a webhook is parsed into is collected young.'
const DELIVERY =
  'web and worker share one thread, and the generator, PostgreSQL and the SaaS share its cores. A round of a lane takes four statements: claim, read the connection, note the attempts, settle.'
const BACKFILL =
  'one thread does all but the writing: a profile finds a third of its time in collecting garbage (0.28 MB a record), a fifth in putting the row into a webhook’s form and validating it, and the rest in folding, two hashes, a seal and the binding of statements. PostgreSQL takes a seventh of what the app does, and works while the next page is read.'

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
  'backfill-rate': BACKFILL,
  'backfill-memory':
    'resident memory is what V8 lets gather before it collects: up to four times what is in use, where the machine has plenty. Ten thousand lines are read in a second, before it has gathered that; with a hundred thousand it has, and a million add little; what is in use after a collection is the same 31 MB all through. The ratio differs from day to day (1.24 and 1.50 with one and the same code): V8 collects when it finds the time. With less heap allowed it takes less (the rows below).',
  'reconciliation-growth': null,
  'parity-growth': null,
  'dashboard-statement': null,
  'dashboard-lcp': null,
  'dashboard-cls': null,
  'dashboard-inp': null,
}
