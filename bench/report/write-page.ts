import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import prettier from 'prettier'
import { composePage } from './compose-page'
import { inWords, isReached } from './finding'
import { NUMBERS } from './numbers'
import { type PartResult } from './part-result'

const FILE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))

/** Writes `docs/benchmarks.md`. */
export async function writePage(results: PartResult[]): Promise<void> {
  const options = { ...(await prettier.resolveConfig(FILE)), parser: 'markdown' }
  await writeFile(FILE, await prettier.format(composePage(results), options))
}

/** Shows what a part has found on the console. */
export function showResult({ part, conditions, counts, readings, findings }: PartResult): void {
  console.log(`\n${part}: ${conditions}`, counts)
  for (const { what, measured } of readings) console.log(`  ${what}: ${measured}`)
  for (const finding of findings) {
    const { what, decimals, unit, bound, limit } = NUMBERS[finding.id]
    const verdict = isReached(finding) ? 'reached' : 'NOT REACHED'
    console.log(
      `  ${verdict}: ${what}: ${inWords(finding.measured, decimals, unit)}, ${bound} ${limit}${unit}`,
    )
  }
}
