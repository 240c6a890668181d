import { type PartName } from '../options'

/** How each part is called in the report, and how it measures. */
export const PART_WORDS: Record<PartName, { title: string; method: string }> = {
  acknowledgements: {
    title: 'Acknowledgements',
    method:
      'One process of role `web`, 64 connections, new orders of 3 KB, each signed with an id of its own. The two limits get the same requests: an empty Remix action under express that only verifies with Shopify’s SDK and keeps nothing; and a bare node:http server that checks the signature, parses the body and commits one INSERT a request before it answers. Then each gets half of Parity’s rate at a fixed pace; a latency counts from when a request was due.',
  },
  delivery: {
    title: 'From the webhook to the SaaS',
    method:
      'One process of role `all`, complete orders that are new each, 200 a second at a fixed pace, a SaaS that takes 5 ms to answer. From when a webhook was due to be sent to when the SaaS’s answer was out. The limit is the same request made raw, one at a time, by a process that does nothing else.',
  },
  draining: {
    title: 'Draining',
    method:
      'Intake at full speed fills a store while nobody delivers; then one process of role `worker` starts and delivers all of it, to a SaaS that takes 5 ms to answer. The rate counts from when a fifth is delivered to the very last record. The limit is a process of its own that repeats Parity’s own requests on 16 keep-alive connections of node:http against the same SaaS. Both once with a record a call, and once with batches of up to 100.',
  },
  burst: {
    title: 'A burst',
    method:
      'Role `all`; 500 products that are in step get 10 updates each within 10 seconds, shuffled over all of that time (each product’s own in order); every second update alters nothing that the SaaS sees. The SaaS takes 100 ms to answer, and answers 429 with `Retry-After: 1` to what exceeds 100 calls a second; every call counts, refused ones too. Afterwards its mirror is compared with the last state sent, field by field. Before it, idle products change alone, four a second, for the first change.',
  },
  backlog: {
    title: 'A backlog',
    method:
      'The SaaS is down (connections are refused) while orders of one shop arrive over HTTP, with the worker down until the last of them; the worker starts, finds the SaaS down for five seconds, and then it comes back, with 5 ms to answer. While the backlog drains, another shop’s orders arrive singly, two a second, through the same processes to the same SaaS. The limit is the raw loop of the draining, in the same run.',
  },
  growth: {
    title: 'Growth',
    method:
      'Two stores in two databases of one PostgreSQL with its default settings, one with 10 thousand records and one with many. Each planted record is in step and has an event and an attempt; they are written with SQL, in rows as wide as real ones, with all indexes. Then both take turns: intake at full speed, and a worker that drains what came in.',
  },
  memory: {
    title: 'Memory',
    method:
      'Role `all` under a steady load of 200 new orders a second, a SaaS that takes 5 ms to answer. Resident memory and heap are read from `/metrics`; the medians of the second and of the last third of the time are compared. At the end everything that was acknowledged must have been delivered.',
  },
  backfill: {
    title: 'Backfill',
    method:
      'Exports of products (three variants, an image and a collection each) and as many orders (two lines each), 3 KB a record, served over HTTP by another process. A process of its own reads them into an empty database with the app’s run engine and Shopify’s reader, as a worker does. The limit is a loop that fetches the same files, parses each line as JSON and writes one row a record, 200 in a transaction. Then two stores of planted records, one with 10 thousand: in each round either is reconciled with 100 orders that changed lately, half of which no webhook told of, and its parity is read as the Overview reads it.',
  },
  'backfill-memory': {
    title: 'The memory of a backfill',
    method:
      'The same exports, small, middle and large, each read by a process that has read nothing before; and the large one once more by a process with a bounded heap, whose heap is also collected every two seconds, to see what stays in use. In the others nothing is collected but by V8 itself. A peak is the most that was resident, looked at twenty times a second.',
  },
  dashboard: {
    title: 'The pages',
    method:
      'One store of many records, in all states and of all resources, with five events and five attempts each, one record with a hundredth of all events, with the words that records are found by, and a look at the store every fifteen minutes for a season; planted with SQL, with all indexes, in a PostgreSQL with its default settings. The app runs over it as role `web`. Every page is asked for as a browser does, in each way in which it reads; PostgreSQL itself explains and times each statement as it ran (`auto_explain`: EXPLAIN ANALYZE without a clock around each node), prepared or not, with the values that the page gave. A page counts with its slowest statement, in the middle of the rounds. Then Chromium opens pages five times each, with an empty cache, in the frame of an admin, and presses their tabs and choices; what it observes is what the web calls LCP, CLS and INP.',
  },
}
