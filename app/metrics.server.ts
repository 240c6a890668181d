import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** What a running process counts, as Prometheus reads it. No label carries an id, a name or a shop. */
export interface Metrics {
  /** Webhooks by the status that they were answered with. */
  webhooks: Counter<'status'>
  /** Seconds from a webhook's arrival to its acknowledgement. */
  acknowledgement: Histogram
  /** Events by what became of them. */
  events: Counter<'outcome'>
  /** Calls to a SaaS by what they came to. */
  attempts: Counter<'outcome'>
  /** Runs of a schedule that failed. */
  scheduleFailures: Counter<'schedule'>
  /** The text of all of them. */
  text(): Promise<string>
  contentType: string
}

/** The upper ends of the histogram's buckets, in seconds; Shopify waits for five. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** Makes the metrics of a process, with a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  return {
    webhooks: new Counter({
      name: 'parity_webhooks_total',
      help: 'Webhooks by answer.',
      labelNames: ['status'],
      registers,
    }),
    acknowledgement: new Histogram({
      name: 'parity_acknowledgement_seconds',
      help: 'Time from arrival to acknowledgement.',
      buckets: BUCKETS,
      registers,
    }),
    events: new Counter({
      name: 'parity_events_total',
      help: 'Events by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    attempts: new Counter({
      name: 'parity_attempts_total',
      help: 'Calls to a SaaS by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    scheduleFailures: new Counter({
      name: 'parity_schedule_failures_total',
      help: 'Runs of a schedule that failed.',
      labelNames: ['schedule'],
      registers,
    }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
