import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { STORE } from '../bench-database'
import { type Program, startProgram } from '../load/start-program'
import { type Stage } from '../stage'
import { type ReadingPlan } from './reading-plan'
import { writeExports } from './write-exports'

const Listening = z.object({ port: z.number() })

/** Where a store of the bench keeps its exports. */
export interface ExportShelf {
  /** Exports of so many lines in all, to be read into that database. */
  plan(databaseUrl: string, lines: number): Promise<ReadingPlan>
}

/** Serves exports from another process, until the part is over. */
export async function openShelf(stage: Pick<Stage, 'atEnd'>): Promise<ExportShelf> {
  const folder = await mkdtemp(join(tmpdir(), 'parity-bench-exports-'))
  stage.atEnd(() => rm(folder, { recursive: true, force: true }))
  const server = startProgram('reading/serve-files.ts', { FOLDER: folder })
  stage.atEnd(() => server.stop())
  const { port } = Listening.parse(await server.message())
  return {
    async plan(databaseUrl, lines) {
      const files = await writeExports(folder, String(lines), lines)
      const exports = files.map(({ name, ...file }) => ({ ...file, url: `http://127.0.0.1:${port}/${name}` }))
      return { databaseUrl, store: STORE, exports, watchesHeap: false }
    },
  }
}

/**
 * A process that carries out plans one after the other, until the part is over.
 *
 * @param heapMb how much heap it may have, in MB; as much as Node gives it on this machine unless given
 */
export function startReader(
  stage: Pick<Stage, 'atEnd'>,
  path: 'reading/read-store.ts' | 'limits/bare-load.ts',
  heapMb?: number,
): Program {
  const program = startProgram(
    path,
    heapMb === undefined ? {} : { NODE_OPTIONS: `--max-old-space-size=${heapMb}` },
  )
  stage.atEnd(() => program.stop())
  return program
}
