import { type BenchDatabases } from '../bench-database'
import { type Counts } from '../counts'
import { type Options } from '../options'
import { type Finding, type Reading } from '../report/finding'
import { type Stage } from '../stage'

/** What a part works with: a PostgreSQL of its own, what it was asked for, and where it counts. */
export interface PartContext {
  databases: BenchDatabases
  options: Options
  counts: Counts
  stage: Stage
}

/** What a part has found. */
export interface Measured {
  /** Its size, such as `5 rounds of 4 s`. */
  conditions: string
  readings: Reading[]
  findings: Finding[]
}

export type Part = (context: PartContext) => Promise<Measured>
