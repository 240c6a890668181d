import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildApp } from '../build-app'
import { startPostgres, type EmbeddedPostgres } from '../postgres'
import { parseChaosOptions, type ChaosOptions } from './options'
import { brokenPromises, printReport } from './report'
import { runScenario, type ChaosResult } from './run-scenario'
import { type Scenario } from './scenarios'
import { playWholeStore } from './whole-store/play-whole-store'
import { brokenInWholeStore, printWholeStore } from './whole-store/report'

/**
 * `npm run test:chaos`: the proof by faults. Plays scenarios, each on an empty database, prints what was injected and what was counted, and exits 0 only if every
 * promise was kept. `--seed`, `--minutes` (of load, shared by the scenarios), `--records` (of the whole store) and `--scenario`.
 */
const TEMPLATE = 'parity_chaos'
/** How long any one thing may take in a large store on a slow machine. */
const WHOLE_STORE_MS = 20 * 60_000

let options: ChaosOptions
try {
  options = parseChaosOptions(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
process.exit(await run(options))

async function run({ seed, minutes, scenarios, wholeStore }: ChaosOptions): Promise<number> {
  const words = [
    scenarios.length > 0 && `${scenarios.length} scenarios, ${minutes} minutes of load`,
    wholeStore !== null && `a store of ${wholeStore} records`,
  ].filter((part) => part !== false)
  console.log(`Chaos of seed ${seed}: ${words.join('; ')}.`)
  await buildApp()
  const postgres = await startPostgres()
  const failed: string[] = []
  try {
    await makeTemplate(postgres)
    for (const [index, scenario] of scenarios.entries()) {
      const loadMs = (minutes * 60_000) / scenarios.length
      if (!(await isKept(postgres, scenario, seed + index, loadMs))) {
        const again = (loadMs / 60_000).toFixed(2)
        failed.push(
          `npm run test:chaos -- --scenario ${scenario.name} --seed ${seed + index} --minutes ${again}`,
        )
      }
    }
    if (wholeStore !== null && !(await isWholeKept(postgres, seed, wholeStore)))
      failed.push(`npm run test:chaos -- --scenario whole-store --seed ${seed} --records ${wholeStore}`)
  } finally {
    await postgres.stop()
  }
  if (failed.length === 0) {
    console.log('\nEvery promise was kept.')
    return 0
  }
  console.error(`\n${failed.length} scenarios broke a promise. Again with:\n  ${failed.join('\n  ')}`)
  return 1
}

/** `npm run setup`, once; each scenario gets a copy. */
async function makeTemplate(postgres: EmbeddedPostgres): Promise<void> {
  await postgres.createDatabase(TEMPLATE)
  const env = { ...process.env, DATABASE_URL: postgres.url(TEMPLATE) }
  await promisify(execFile)('npm', ['run', '--silent', 'setup'], { env })
}

async function isKept(
  postgres: EmbeddedPostgres,
  scenario: Scenario,
  seed: number,
  loadMs: number,
): Promise<boolean> {
  const name = `chaos_${scenario.name.replaceAll('-', '_')}`
  await postgres.createDatabase(name, TEMPLATE)
  const database = { url: postgres.url(name), kill: postgres.kill, start: postgres.start }
  try {
    const result = await runScenario(scenario, { seed, loadMs, database })
    console.log()
    printReport(result)
    if (Object.keys(brokenPromises(result)).length === 0) return true
    console.log(`   All that was said and seen: ${await keep(result)}`)
  } catch (error) {
    console.error(`\n── ${scenario.name} · seed ${seed} could not be played:`, error)
  }
  await postgres.start().catch(() => undefined)
  return false
}

async function isWholeKept(postgres: EmbeddedPostgres, seed: number, records: number): Promise<boolean> {
  const name = 'chaos_whole_store'
  await postgres.createDatabase(name, TEMPLATE)
  const began = Date.now()
  const say = (line: string) =>
    console.log(`   ${((Date.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}`)
  const options = { seed, records, databaseUrl: postgres.url(name), patienceMs: WHOLE_STORE_MS, say }
  try {
    const result = await playWholeStore({ ...options, isLight: true })
    console.log()
    printWholeStore(result)
    if (Object.keys(brokenInWholeStore(result)).length === 0) return true
    const folder = await mkdtemp(join(tmpdir(), 'parity-chaos-whole-store-'))
    await writeFile(join(folder, 'processes.log'), result.said)
    console.log(`   All that was said: ${folder}`)
  } catch (error) {
    console.error(`\n── whole-store · seed ${seed} could not be played:`, error)
  }
  return false
}

/** Writes what is needed to understand a breach to a folder of its own. @returns the folder */
async function keep({ scenario, evidence, said, ...rest }: ChaosResult): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `parity-chaos-${scenario.name}-`))
  const { storedWebhooks, ...plain } = evidence
  const all = {
    ...rest,
    scenario: scenario.name,
    evidence: { ...plain, storedWebhooks: Object.fromEntries(storedWebhooks) },
  }
  await Promise.all([
    writeFile(join(folder, 'processes.log'), said),
    writeFile(join(folder, 'evidence.json'), JSON.stringify(all, null, 1)),
  ])
  return folder
}
