import { browsePages, type BrowsedPage } from '../pages/browse-pages'
import { openBusyStore } from '../pages/open-busy-store'
import { readPages, type ReadPage } from '../pages/read-pages'
import { gigabytesOf } from '../planting/plant-store'
import { finding, inWords, type Reading } from '../report/finding'
import { spread } from '../statistics'
import { type Measured, type PartContext } from './part'

/** Shown with its plan when the part runs: what takes longer than this is worth a look. */
const NOTABLE_MS = 20

/** The pages on a large store: what each asks of the database, and what a browser measures of them. */
export async function dashboard(context: PartContext): Promise<Measured> {
  const { planted } = context.options
  const store = await openBusyStore(context, planted)
  const pages = await readPages(context.databases, store)
  for (const page of pages) showSlow(page)
  const browsed = await browsePages(context.stage, store)
  const vitalsOf = (which: 'lcpMs' | 'cls' | 'inpMs') =>
    browsed.flatMap(({ vitals }) => vitals.map((each) => each[which]))
  const size = (await gigabytesOf(store.databaseUrl)).toFixed(2)
  return {
    conditions: `${planted} records, ${store.events} events and as many attempts (${size} GB); ${pages.length} pages, each read nine times after a first`,
    readings: [...pages.map(queryReading), ...browsed.flatMap(vitalsReadings)],
    findings: [
      finding('dashboard-statement', [Math.max(...pages.map(({ slowestMs }) => slowestMs))]),
      finding('dashboard-lcp', vitalsOf('lcpMs')),
      finding('dashboard-cls', vitalsOf('cls')),
      finding('dashboard-inp', vitalsOf('inpMs')),
    ],
  }
}

function queryReading({ name, statements, slowestMs }: ReadPage): Reading {
  return {
    what: `${name}: the slowest of its ${statements} statements`,
    measured: `${slowestMs.toFixed(2)} ms`,
  }
}

function vitalsReadings({ name, vitals }: BrowsedPage): Reading[] {
  const of = (which: 'lcpMs' | 'cls' | 'inpMs') => spread(vitals.map((each) => each[which]))
  return [
    { what: `${name} in a browser: largest content painted after`, measured: inWords(of('lcpMs'), 0, ' ms') },
    {
      what: `${name} in a browser: moved by itself, as a share of the screen`,
      measured: inWords(of('cls'), 3),
    },
    { what: `${name} in a browser: slowest answer to a press`, measured: inWords(of('inpMs'), 0, ' ms') },
  ]
}

function showSlow({ name, slowestMs, slowest }: ReadPage): void {
  console.log(`  ${name}: ${slowestMs.toFixed(2)} ms`)
  if (slowestMs < NOTABLE_MS) return
  console.log(`${slowest.text}\n${JSON.stringify(slowest.plan, null, 1)}`)
}
