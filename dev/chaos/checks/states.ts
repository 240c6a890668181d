import { type AttemptRow, type RecordStanding } from '../evidence'

const SETTLED = ['in_step', 'deleted', 'excluded']

/** Every record that did not come to rest. */
export function strandedRecords(records: readonly RecordStanding[]): string[] {
  return records
    .filter(({ state }) => !SETTLED.includes(state))
    .map(
      ({ record, id, state, attempts, dueAt, lastErrorCode, reason }) =>
        `${record} (${id}) is ${state} after ${attempts} attempts, due ${dueAt === null ? 'never' : new Date(dueAt).toISOString()}, ` +
        `${lastErrorCode ?? 'no error'}: ${reason ?? 'no reason'}`,
    )
}

/** Every attempt that is said to be under way, though nothing is. */
export function openAttempts(attempts: readonly AttemptRow[]): string[] {
  return attempts
    .filter(({ endedAt, outcome }) => endedAt === null || outcome === 'in_flight')
    .map(({ id, record, outcome }) => `attempt ${id} of ${record} was never completed (${outcome})`)
}
