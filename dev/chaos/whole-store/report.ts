import { brokenPromises, promiseLines } from '../report'
import { type WholeStoreResult } from './play-whole-store'

/** What was injected and what was counted, act by act, and every breach. */
export function printWholeStore({ seed, seconds, acts, verdict }: WholeStoreResult): void {
  const lines = [
    `── whole-store · seed ${seed} · web and two workers · the built-in SaaS · ${seconds.toFixed(0)} s`,
    ...acts.flatMap((act) => [
      `── ${act.name}: ${act.what}`,
      ...act.rows.map(([name, words]) => `   ${name.padEnd(12)}${words}`),
      ...Object.entries(act.verdict).flatMap(([promise, breaches]) => promiseLines(promise, breaches)),
    ]),
    ...Object.entries(verdict).flatMap(([promise, breaches]) => promiseLines(promise, breaches)),
  ]
  console.log(lines.join('\n'))
}

/** The promises that were not kept, by act. */
export function brokenInWholeStore({ acts, verdict }: WholeStoreResult): Record<string, unknown> {
  const all = [...acts, { name: 'processes', verdict }].map((act) => [act.name, brokenPromises(act)] as const)
  return Object.fromEntries(all.filter(([, broken]) => Object.keys(broken).length > 0))
}
