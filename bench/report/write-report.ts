import { writeFile } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import prettier from 'prettier'
import { type Rounds } from '../measures/measure-rounds'
import { type Finding, type Reading } from './finding'

const FILE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))
const GIB = 1024 ** 3

/** Everything that a run has found. */
export interface Results extends Rounds {
  readings: Reading[]
  findings: Finding[]
}

/** Shows a run on the console. */
export function showResults({ readings, findings }: Results): void {
  console.table(Object.fromEntries(readings.map(({ what, measured }) => [what, { measured }])))
  console.table(
    Object.fromEntries(
      findings.map(({ what, measured, limit, isReached }) => [what, { measured, limit, reached: isReached }]),
    ),
  )
}

/** Writes `docs/benchmarks.md` from a run. */
export async function writeReport(results: Results): Promise<void> {
  await writeFile(
    FILE,
    await prettier.format(pageOf(results), { ...(await prettier.resolveConfig(FILE)), parser: 'markdown' }),
  )
}

function pageOf({ rounds, seconds, readings, findings }: Results): string {
  return [
    '# Benchmarks',
    'Written by `npm run bench`; do not edit by hand.',
    `- **Date**: ${new Date().toISOString().slice(0, 10)}`,
    `- **Machine**: ${machine()}, which the load generator, PostgreSQL (fsync on) and what is measured share`,
    `- **Rounds**: ${rounds} of ${seconds} s each, taking turns; medians, with the least and the greatest round`,
    'Absolute numbers belong to the machine and to what else ran on it. The ratios were measured in one run, side by side, and are what counts.',
    '## What was measured',
    table(
      ['', 'measured'],
      readings.map(({ what, measured }) => [what, measured]),
    ),
    '## Against the numbers to reach',
    table(
      ['', 'measured', 'limit', 'reached'],
      findings.map(({ what, measured, limit, isReached }) => [
        what,
        measured,
        limit,
        isReached ? 'yes' : '**no**',
      ]),
    ),
    ...obstacles(findings),
    '',
  ].join('\n\n')
}

function obstacles(findings: Finding[]): string[] {
  const missed = findings.filter(({ isReached }) => !isReached)
  if (missed.length === 0) return []
  return [
    '## What stands in the way',
    missed.map(({ what, obstacle }) => `- **${what}**: ${obstacle}`).join('\n'),
  ]
}

function machine(): string {
  const memory = Math.round(totalmem() / GIB)
  return `${availableParallelism()} cores, ${memory} GiB of memory, ${process.platform}, Node ${process.versions.node}`
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
