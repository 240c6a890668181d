import { buildApp } from '../dev/build-app'
import { type Options, readOptions } from './options'
import { isReached } from './report/finding'
import { keepResult, keptResults, type PartResult } from './report/part-result'
import { showResult, writePage } from './report/write-page'
import { runPart } from './run-part'
import { createStage } from './stage'

/**
 * `npm run bench`: measures the design's numbers for intake, delivery and backfill against limits measured in the same run, keeps what each
 * part found in bench/results, and writes docs/benchmarks.md from all that is kept. A part that fails keeps nothing, and fails the
 * run. `--only growth,backlog` runs those parts; `--check` makes a number that is not reached a failure; `--compose` only writes
 * the page. Sizes: `--rounds`, `--seconds`, `--records`, `--backlog`, `--minutes`, `--lines`, `--planted`.
 */
const options = optionsOrExit()
const stage = createStage()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stage.end(true).then(() => process.exit(1)))

const results = options.compose ? [] : await runParts(options)
await writePage(await keptResults())
const ran = results.filter((result) => result !== null)
const isMissed = ran.some(({ findings }) => !findings.every(isReached))
process.exit(ran.length < results.length || (options.check && isMissed) ? 1 : 0)

function optionsOrExit(): Options {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}

/** Null for a part that failed. */
async function runParts(options: Options): Promise<(PartResult | null)[]> {
  await buildApp()
  const results: (PartResult | null)[] = []
  for (const part of options.only) {
    console.log(`\n${part} …`)
    try {
      const result = await runPart(part, options, stage)
      await keepResult(result)
      showResult(result)
      results.push(result)
    } catch (error) {
      console.error(`The part ${part} failed:`, error)
      results.push(null)
    }
  }
  return results
}
