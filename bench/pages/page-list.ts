/** Ids of the busy store that pages are opened with. */
export interface Samples {
  event: string
  attempt: string
  record: string
}

/** A page that is read on the large store. */
export interface BenchPage {
  name: string
  /** Its address: a new page is a new line here. */
  path: (samples: Samples) => string
}

const at = (name: string, path: string): BenchPage => ({ name, path: () => path })

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
  { name: 'Event', path: ({ event }) => `/app/activity/events/${event}` },
  { name: 'Delivery', path: ({ attempt }) => `/app/activity/attempts/${attempt}` },
  at('Settings', '/app/settings'),
  at('Settings, alerts', '/app/settings/alerts'),
]
