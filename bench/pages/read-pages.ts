import { USER_AGENT } from '../../dev/open-app'
import { spread } from '../statistics'
import { SEARCH_PATH, searchFields } from '../../app/dashboard/search-records'
import { type PartContext } from '../parts/part'
import { type BusyStore } from './open-busy-store'
import { BENCH_PAGES, type BenchPage } from './page-list'
import { type RanStatement } from './plans-in-log'
import { statementsDuring } from './watch-statements'

/** What a page asked of the database. */
export interface ReadPage {
  name: string
  statements: number
  /** How long its slowest statement took, in milliseconds: the middle of the rounds. */
  slowestMs: number
  /** That statement, as it ran in the slowest of the rounds. */
  slowest: RanStatement
}

/** Prepared statements are planned for their values a few times, and then perhaps for any: more rounds than that. */
const ROUNDS = 9
/** The first rounds fill caches; a store that is looked at has them filled. */
const WARM_UPS = 1

/** Opens every page a few times as a person's browser does. */
export async function readPages(databases: PartContext['databases'], store: BusyStore): Promise<ReadPage[]> {
  const rounds = new Map<BenchPage, RanStatement[][]>(BENCH_PAGES.map((page) => [page, []]))
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    for (const [page, read] of rounds) {
      const ran = await statementsDuring(databases, store.databaseUrl, () => open(store, page))
      if (round >= WARM_UPS) read.push(ran)
    }
  }
  return [...rounds].map(([page, read]) => summary(page, read))
}

/** Asks for a page's data. @throws Error when it does not come */
async function open({ app, shop, samples }: BusyStore, page: BenchPage): Promise<void> {
  const { name, path, search } = page
  const url = new URL(path(samples), app.url)
  const headers = { Authorization: `Bearer ${await shop.idToken()}`, 'User-Agent': USER_AGENT }
  const answer =
    search === undefined
      ? await fetch(`${app.url}${url.pathname}.data${url.search}`, { headers })
      : await fetch(`${app.url}${SEARCH_PATH}`, {
          headers,
          method: 'POST',
          body: searchFields(url.searchParams, search),
        })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${text.slice(0, 300)}`)
}

function summary({ name }: BenchPage, rounds: RanStatement[][]): ReadPage {
  const slowest = rounds.map((ran) => ran.reduce((a, b) => (b.ms > a.ms ? b : a)))
  return {
    name,
    statements: Math.max(...rounds.map((ran) => ran.length)),
    slowestMs: spread(slowest.map(({ ms }) => ms)).median,
    slowest: slowest.reduce((a, b) => (b.ms > a.ms ? b : a)),
  }
}
