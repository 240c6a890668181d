import { randomUUID } from 'node:crypto'
import { until } from '../../dev/until'
import { type BenchDatabases, withClient } from '../bench-database'
import { plansInLog, type RanStatement } from './plans-in-log'

/** What a database explains of each statement while it runs: with rows, and without a clock around each node, which would slow it. */
const EXPLAINED: Record<string, string> = {
  session_preload_libraries: `'auto_explain'`,
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_format': 'json',
}

/** Has every connection that is made from now on explain what it runs. */
export async function explainStatements(databaseUrl: string): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1)
  await withClient(databaseUrl, async (client) => {
    for (const [setting, value] of Object.entries(EXPLAINED))
      await client.query(`ALTER DATABASE "${name}" SET ${setting} = ${value}`)
  })
}

/** The statements that the server ran meanwhile, in the order in which they ended, with the plans by which they did. */
export async function statementsDuring(
  databases: Pick<BenchDatabases, 'hear'>,
  databaseUrl: string,
  work: () => Promise<unknown>,
): Promise<RanStatement[]> {
  let log = ''
  const deafen = databases.hear((text) => (log += text))
  try {
    await work()
    // The server's words travel by a pipe: what it says after is heard after.
    const mark = randomUUID()
    await withClient(databaseUrl, (client) => client.query(`SELECT '${mark}'`))
    await until('the server said all', () => Promise.resolve(log.includes(mark)))
    return plansInLog(log.slice(0, log.lastIndexOf('duration:', log.indexOf(mark))))
  } finally {
    deafen()
  }
}
