import { isAcknowledged } from './checks/acknowledged'
import { returnsOf } from './checks/given-back'
import { type Evidence, type SentWebhook } from './evidence'
import { type Verdict } from './judge'
import { type ChaosResult } from './run-scenario'

/** How many breaches of one promise are printed; the rest is counted. */
const PRINTED = 10

/** The promises that were not kept, with every breach. */
export function brokenPromises({ verdict }: Pick<ChaosResult, 'verdict'>): Verdict {
  return Object.fromEntries(Object.entries(verdict).filter(([, breaches]) => breaches.length > 0))
}

/** For a test, which has no console of its own. */
export function printReport(result: ChaosResult): void {
  console.log(report(result))
}

/** What was injected and what was counted, as a table, and every breach. */
function report(result: ChaosResult): string {
  const { scenario, seed, loadMs, evidence, settling, injected, changes, verdict } = result
  const { comparison } = evidence
  const batches = scenario.batchLimit === null ? 'single calls' : `batches of ${scenario.batchLimit}`
  const layout = scenario.layout === 'one' ? 'one process' : 'web and two workers'
  const rows: [string, string][] = [
    ['injected', counts(injected)],
    ['changes', `${total(changes)} in ${(loadMs / 1000).toFixed(0)} s: ${counts(largest(changes))}`],
    ['webhooks', webhookWords(evidence.webhooks)],
    ['events', counts(tally([...evidence.storedWebhooks.values()]))],
    ['calls', counts(tally(callEnds(evidence)))],
    ['attempts', counts(tally(evidence.attempts.map(({ outcome }) => outcome)))],
    ['records', counts(tally(evidence.records.map(({ state }) => state.replace('_', ' '))))],
    ['at rest', `${settling.seconds.toFixed(1)} s after the last fault${deadWords(settling.dead)}`],
    ...givenBack(evidence),
    [
      'compared',
      `${comparison.records} records, ${comparison.fields} fields, ${comparison.tombstones} tombstones`,
    ],
  ]
  return [
    `── ${scenario.name} · seed ${seed} · ${layout} · ${batches}`,
    `   ${scenario.what}`,
    ...rows.map(([name, words]) => `   ${name.padEnd(11)}${words}`),
    ...Object.entries(verdict).flatMap(([promise, breaches]) => promiseLines(promise, breaches)),
  ].join('\n')
}

/** A promise, and the breaches of it. */
export function promiseLines(promise: string, breaches: string[]): string[] {
  if (breaches.length === 0) return [`   ✓ ${promise}`]
  const more = breaches.length > PRINTED ? [`       … and ${breaches.length - PRINTED} more`] : []
  return [
    `   ✗ ${promise}: ${breaches.length}`,
    ...breaches.slice(0, PRINTED).map((breach) => `       ${breach}`),
    ...more,
  ]
}

function webhookWords(webhooks: SentWebhook[]): string {
  const tries = webhooks.reduce((sum, { statuses }) => sum + statuses.length, 0)
  const acknowledged = webhooks.filter(isAcknowledged)
  const copies = acknowledged.reduce((sum, { statuses }) => sum + statuses.filter(isSuccess).length - 1, 0)
  const failed = webhooks.flatMap(({ statuses }) => statuses).filter((status) => !isSuccess(status))
  const answers = tally(failed.map((status) => (status === null ? 'no answer' : String(status))))
  return `${webhooks.length}, ${acknowledged.length} acknowledged; sent ${tries} times, of which ${copies} duplicates; refused: ${counts(answers)}`
}

function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300
}

/** How each call ended for the SaaS: by its status and the fault that it met. */
function callEnds({ sends, requests }: Evidence): string[] {
  const bySequence = new Map(sends.map((send) => [send.sequence, send]))
  return requests.map(({ sequence }) => {
    const send = bySequence.get(sequence)
    if (!send) return 'without a record'
    const status = send.status === null ? 'broken off' : String(send.status)
    return send.fault ? `${status} (${send.fault.replace('_', ' ')})` : status
  })
}

function givenBack({ deaths, sends }: Evidence): [string, string][] {
  const returns = returnsOf(deaths, sends)
  if (returns.length === 0) return []
  const longest = Math.max(...returns.map(({ afterMs }) => afterMs ?? Infinity))
  const words = `${returns.length} records of calls that a death broke off, the last after ${(longest / 1000).toFixed(1)} s`
  return [['given back', words]]
}

function deadWords(dead: Record<string, number>): string {
  return total(dead) === 0 ? '' : `; dead letters that were revived: ${counts(dead)}`
}

function tally(names: string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => [name, length]),
  )
}

function largest(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).toSorted(([, a], [, b]) => b - a))
}

function total(numbers: Record<string, number>): number {
  return Object.values(numbers).reduce((sum, number) => sum + number, 0)
}

function counts(numbers: Record<string, number>): string {
  const words = Object.entries(numbers).map(([name, number]) => `${name} ${number}`)
  return words.join(' · ') || 'none'
}
