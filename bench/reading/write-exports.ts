import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Exported, EXPORTED, LINES, linesOf } from './store-lines'

/** What an export's file holds. */
export interface ExportFile {
  resource: Exported
  /** Its name in the folder. */
  name: string
  records: number
  lines: number
}

/**
 * Writes the exports of a store: as many orders as products, with so many lines in all, as near as whole records come to it.
 *
 * @param folder where to
 * @param name how the files' names begin
 */
export async function writeExports(folder: string, name: string, lines: number): Promise<ExportFile[]> {
  const each = Math.round(lines / EXPORTED.reduce((sum, resource) => sum + LINES[resource], 0))
  return Promise.all(
    EXPORTED.map(async (resource) => {
      const file = `${name}-${resource}.jsonl`
      await writeRecords(join(folder, file), resource, each)
      return { resource, name: file, records: each, lines: each * LINES[resource] }
    }),
  )
}

async function writeRecords(path: string, resource: Exported, records: number): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 })
  for (let n = 0; n < records; n += 1) if (!file.write(linesOf(resource, n))) await once(file, 'drain')
  file.end()
  await once(file, 'close')
}
