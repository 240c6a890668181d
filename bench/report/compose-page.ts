import { OBSTACLES } from './obstacles'
import { distance, type Finding, inWords, isReached } from './finding'
import { NUMBERS } from './numbers'
import { type PartResult } from './part-result'
import { PART_WORDS } from './part-words'

/** The page of the benchmarks, in Markdown, from what each part found when it last ran. Pure. */
export function composePage(results: PartResult[]): string {
  const findings = results.flatMap((result) => result.findings)
  return [
    '# Benchmarks',
    'Written by `npm run bench`; do not edit by hand. Each part runs alone with `--only`, on a PostgreSQL of its own (fsync on); the load comes from another process. What is measured, the load, PostgreSQL and the SaaS’s stand-in share one machine.',
    'Absolute numbers belong to the machine and to what else ran on it. Ratios were measured in one run, side by side, and are what counts. All numbers are medians of the rounds, with the least and the greatest in brackets.',
    '## Against the numbers to reach',
    table(['', 'measured', 'limit', 'reached'], findings.map(row)),
    ...obstacles(findings),
    ...results.flatMap(section),
    '',
  ].join('\n\n')
}

function row(finding: Finding): string[] {
  const { what, unit, decimals, bound, limit, judged } = NUMBERS[finding.id]
  return [
    what,
    inWords(finding.measured, decimals, unit),
    `${bound} ${limit}${unit}${judged === 'every' ? ', always' : ''}`,
    isReached(finding) ? 'yes' : '**no**',
  ]
}

function obstacles(findings: Finding[]): string[] {
  const missed = findings.filter((finding) => !isReached(finding))
  if (missed.length === 0) return []
  return ['## What stands in the way', missed.map(obstacle).join('\n')]
}

function obstacle(finding: Finding): string {
  const reason = OBSTACLES[finding.id]
  return `- **${NUMBERS[finding.id].what}**: ${distance(finding)}${reason === null ? '.' : `: ${reason}`}`
}

function section({ part, date, machine, conditions, counts, readings }: PartResult): string[] {
  const { title, method } = PART_WORDS[part]
  return [
    `## ${title}`,
    method,
    [
      `- **Part**: \`--only ${part}\`, ${date}`,
      `- **Machine**: ${machine}`,
      `- **Size**: ${conditions}`,
      `- **Errors**: ${errors(counts)}`,
    ].join('\n'),
    table(
      ['', 'measured'],
      readings.map(({ what, measured }) => [what, measured]),
    ),
  ]
}

function errors({ webhooks, unacknowledged, calls, refusedOnPurpose, failed }: PartResult['counts']): string {
  const answers = `${unacknowledged} of ${webhooks} webhooks were answered with other than 200`
  if (calls === 0) return answers
  const refused = refusedOnPurpose > 0 ? `; ${refusedOnPurpose} were refused, as the SaaS was told to` : ''
  return `${answers}; ${failed} of ${calls} calls to the SaaS failed${refused}`
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
