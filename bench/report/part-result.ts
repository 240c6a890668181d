import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import prettier from 'prettier'
import { z } from 'zod'
import { type Counts } from '../counts'
import { PART_NAMES } from '../options'
import { type Measured } from '../parts/part'
import { FindingId } from './numbers'

const FOLDER = fileURLToPath(new URL('../results/', import.meta.url))
const GIB = 1024 ** 3

/** What a part found when it last ran, as `bench/results/<part>.json` keeps it. */
export const PartResult = z.object({
  part: z.enum(PART_NAMES),
  /** The day, in UTC. */
  date: z.iso.date(),
  machine: z.string(),
  conditions: z.string(),
  counts: z.object({
    webhooks: z.number(),
    unacknowledged: z.number(),
    calls: z.number(),
    refusedOnPurpose: z.number(),
    failed: z.number(),
  }),
  readings: z.array(z.object({ what: z.string(), measured: z.string() })),
  findings: z.array(
    z.object({
      id: FindingId,
      measured: z.object({ median: z.number(), least: z.number(), greatest: z.number() }),
    }),
  ),
})
export type PartResult = z.infer<typeof PartResult>

/** The result of a part that has just run here. @throws ZodError when something measured is no number */
export function toResult(part: PartResult['part'], measured: Measured, counts: Counts): PartResult {
  const date = new Date().toISOString().slice(0, 10)
  return PartResult.parse({ part, date, machine: machine(), counts, ...measured })
}

/** Keeps a result in place of the one before. */
export async function keepResult(result: PartResult): Promise<void> {
  const file = fileOf(result.part)
  const options = { ...(await prettier.resolveConfig(file)), parser: 'json' }
  await mkdir(FOLDER, { recursive: true })
  await writeFile(file, await prettier.format(JSON.stringify(result), options))
}

/** The results that are kept, in the order of the parts. @throws ZodError, SyntaxError when one cannot be read */
export async function keptResults(): Promise<PartResult[]> {
  const texts = await Promise.all(
    PART_NAMES.map((part) => readFile(fileOf(part), 'utf8').catch(unlessMissing)),
  )
  return texts.flatMap((text) => (text === null ? [] : [PartResult.parse(JSON.parse(text))]))
}

function fileOf(part: PartResult['part']): string {
  return `${FOLDER}${part}.json`
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function machine(): string {
  const memory = Math.round(totalmem() / GIB)
  return `${availableParallelism()} cores, ${memory} GiB of memory, ${process.platform}, Node ${process.versions.node}`
}
