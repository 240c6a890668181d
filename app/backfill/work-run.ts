import { type StoreReader } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { beginExport } from './begin-export'
import { beginRun } from './begin-run'
import { concludeRun } from './conclude-run'
import { holdRun } from './hold-run'
import { lookAtExport } from './look-at-export'
import { meetFailure } from './meet-failure'
import { nextStep, type Step } from './next-step'
import { readRun, type Run } from './read-run'
import { readSlice } from './read-slice'
import { type RunPorts } from './run-ports'
import { sumRun } from './sum-run'
import { tidyRun } from './tidy-run'

/** How long a run rests after an error that nobody foresaw. */
const UNFORESEEN_MS = 60_000

/**
 * Works on a run step by step, until the signal is aborted or there is nothing to do now. What is done is saved with each step and each
 * page, so that whoever goes on begins where it ended, wherever that was.
 *
 * @returns `more` when it is to be gone on with at once; `rests` when something else will tell: its clock, the store, or a person
 * @throws what the database throws, and what nobody foresaw; the run stays as it is, to be gone on with
 */
export async function workRun(
  runId: string,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<'more' | 'rests'> {
  const { db, clock } = ports
  const hold = await holdRun(db, runId, clock)
  if (!hold) return 'rests'
  const ending = AbortSignal.any([signal, hold.lost])
  let until: Date | null = new Date(clock().getTime() + UNFORESEEN_MS)
  try {
    const left = await workSteps(runId, ports, ending)
    until = left.until
    return left.hasMore ? 'more' : 'rests'
  } catch (error) {
    // Who is told to end may be broken off in the middle of a question.
    if (!ending.aborted) throw error
    until = null
    return 'more'
  } finally {
    await hold.release(until)
  }
}

interface Left {
  hasMore: boolean
  /** Before when nobody is to go on; null for at once. */
  until: Date | null
}

async function workSteps(runId: string, ports: RunPorts, signal: AbortSignal): Promise<Left> {
  while (!signal.aborted) {
    const run = await readRun(ports.db, runId)
    const step: Step = run ? nextStep(run, ports.clock()) : { kind: 'rest' }
    if (!run || step.kind === 'rest') return { hasMore: false, until: null }
    const until = await tryStep(run, step, ports, signal)
    if (until) return { hasMore: false, until }
  }
  return { hasMore: true, until: null }
}

/** Takes a step. @returns before when the run is not to be worked on again; null for at once */
async function tryStep(run: Run, step: Step, ports: RunPorts, signal: AbortSignal): Promise<Date | null> {
  try {
    await takeStep(run, step, ports.readers(run.store), ports, signal)
    if ('slice' in step) await sumRun(ports.db, run.id)
    if (run.rests !== null) await goOnAfterRest(ports.db, run)
    return null
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    return meetFailure(run, step, error, ports)
  }
}

async function goOnAfterRest(sql: Sql, { id }: Run): Promise<void> {
  await sql.query(`UPDATE "SyncRun" SET "rests" = NULL WHERE "id" = $1`, [id])
}

function takeStep(
  run: Run,
  step: Step,
  reader: StoreReader,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<void> {
  switch (step.kind) {
    case 'begin':
      return beginRun(run, reader, ports)
    case 'export':
      return beginExport(run, step.slice, reader, ports)
    case 'look':
      return lookAtExport(run, step.slice, reader, ports)
    case 'read':
      return readSlice(run, step.slice, reader, ports, signal)
    case 'conclude':
      return concludeRun(run, reader, ports)
    case 'tidy':
      return tidyRun(run, reader, ports, signal)
    case 'rest':
      return Promise.resolve()
  }
}
