import { startDatabases } from './bench-database'
import { newCounts, refuseErrors } from './counts'
import { type Options, type PartName } from './options'
import { PARTS } from './parts'
import { type PartResult, toResult } from './report/part-result'
import { type Stage } from './stage'

/** Runs one part on a PostgreSQL of its own. @throws Error when it could not be measured, or anything went wrong meanwhile */
export async function runPart(part: PartName, options: Options, stage: Stage): Promise<PartResult> {
  let failed = true
  try {
    const databases = await startDatabases()
    stage.atEnd(() => databases.stop())
    const counts = newCounts()
    const measured = await PARTS[part]({ databases, options, counts, stage })
    refuseErrors(counts)
    const result = toResult(part, measured, counts)
    failed = false
    return result
  } finally {
    await stage.end(failed)
  }
}
