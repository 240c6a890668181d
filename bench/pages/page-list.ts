import { causeKey } from '../../app/records/cause'

/** Ids of the busy store that pages are opened with. */
export interface Samples {
  event: string
  attempt: string
  record: string
  /** One of the runs. */
  run: string
  /** The place of a record in the middle of their list: see app/dashboard/record-cursor.ts. */
  cursor: string
}

/** A page that is read on the large store. */
export interface BenchPage {
  name: string
  /** Its address: a new page is a new line here. */
  path: (samples: Samples) => string
  /** What is looked for among records: it travels in a body, and never in an address. */
  search?: string
}

const at = (name: string, path: string): BenchPage => ({ name, path: () => path })
/** A browser keeps what is looked for under such a key. */
const SEARCH_KEY = 'kept-01930000-0000-4000-8000-000000000000'

const found = (name: string, search: string, params = ''): BenchPage => ({
  name: `Records, ${name}`,
  path: () => `/app/records?q=${SEARCH_KEY}${params}`,
  search,
})

/** Every page, in each of the ways in which it reads: tabs, filters, places in a list. */
export const BENCH_PAGES: BenchPage[] = [
  at('Overview', '/app'),
  at('Overview, chart of a week', '/app?chart=week'),
  at('Overview, chart of a month', '/app?chart=month'),
  at('Activity, events', '/app/activity'),
  at('Activity, events that changed something', '/app/activity?outcome=changed'),
  at('Activity, events of an outcome that none has', '/app/activity?outcome=unmapped'),
  at('Activity, events of orders', '/app/activity?resource=order'),
  at('Activity, events of a resource that none has', '/app/activity?resource=message'),
  { name: 'Activity, events after one', path: ({ event }) => `/app/activity?after=${event}` },
  { name: 'Activity, events before one', path: ({ event }) => `/app/activity?before=${event}` },
  {
    name: 'Activity, hints of customers before an event',
    path: ({ event }) => `/app/activity?outcome=hint&resource=customer&before=${event}`,
  },
  at('Activity, deliveries', '/app/activity?show=attempts'),
  at('Activity, deliveries that were refused', '/app/activity?show=attempts&outcome=rejected'),
  at('Activity, deliveries of an outcome that none has', '/app/activity?show=attempts&outcome=misdirected'),
  at('Activity, deliveries of categories', '/app/activity?show=attempts&resource=category'),
  {
    name: 'Activity, deliveries after one',
    path: ({ attempt }) => `/app/activity?show=attempts&after=${attempt}`,
  },
  at('Activity, events of a topic', '/app/activity?topic=products/update'),
  at('Activity, events of a day long ago', '/app/activity?from=2026-09-10&to=2026-09-10'),
  at(
    'Activity, outdated events of products in a week',
    '/app/activity?outcome=outdated&resource=product&from=2026-09-10&to=2026-09-17',
  ),
  at('Activity, runs', '/app/activity?show=runs'),
  at('Activity, runs that failed', '/app/activity?show=runs&outcome=failed'),
  at('Activity, views of personal data', '/app/activity?show=views'),
  { name: 'Run', path: ({ run }) => `/app/activity/runs/${run}` },
  at('Records', '/app/records'),
  at('Records, the oldest first', '/app/records?sort=oldest'),
  { name: 'Records, after one', path: ({ cursor }) => `/app/records?after=${cursor}` },
  { name: 'Records, before one', path: ({ cursor }) => `/app/records?before=${cursor}` },
  at('Records, under way', '/app/records?state=under_way'),
  at('Records, failed', '/app/records?state=dead'),
  at('Records, failed categories, the oldest first', '/app/records?state=dead&resource=category&sort=oldest'),
  at(
    'Records, failed of one reason',
    `/app/records?state=dead&why=${causeKey('VALIDATION_ERROR\nThe field price is missing.')}`,
  ),
  at('Records, not sent', '/app/records?state=excluded'),
  at(
    'Records, not sent of one reason',
    `/app/records?state=excluded&why=${causeKey('Dismissed by a person.')}`,
  ),
  at('Records, in step', '/app/records?state=in_step'),
  at('Records, orders', '/app/records?resource=order'),
  at('Records, of a resource that none has', '/app/records?resource=message'),
  found('found by an id', '6000000500000'),
  at('Records, found by a number', '/app/records?q=%23500000'),
  found('found by a word that very many share', 'stoneware'),
  found('found by two such words', 'stoneware bowl'),
  found('failed ones found by the beginning of a word', 'stone', '&state=dead'),
  at('Records, found by a digit that very many begin with', '/app/records?q=1'),
  found('found by a name', 'Maja Ek'),
  found('found by nothing', 'nothing like it'),
  { name: 'Record, the busiest', path: ({ record }) => `/app/records/${record}` },
  at('Failures', '/app/failures'),
  { name: 'Event', path: ({ event }) => `/app/activity/events/${event}` },
  { name: 'Delivery', path: ({ attempt }) => `/app/activity/attempts/${attempt}` },
  at('Settings', '/app/settings'),
  at('Settings, connection', '/app/settings/connection'),
  at('Settings, mirror', '/app/settings/mirror'),
  at('Settings, privacy', '/app/settings/privacy'),
  at('Settings, alerts', '/app/settings/alerts'),
]
