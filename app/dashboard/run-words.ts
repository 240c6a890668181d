import { z } from 'zod'

/** What a run does: see SyncRun.kind. */
export const RunKind = z.enum([
  'backfill',
  'reconciliation',
  'deep-reconciliation',
  'digest',
  're-evaluation',
  'removal',
])
export type RunKind = z.infer<typeof RunKind>

/** Where a run stands. */
export const RunState = z.enum(['waiting', 'running', 'asking', 'finished', 'failed', 'cancelled'])
export type RunState = z.infer<typeof RunState>
