import { hasEnded, type Run, type Slice } from './read-run'

/** How many exports of a store may be under way at once (Shopify's limit for bulk queries of an app since API version 2026-01). */
const MOST_EXPORTS = 5

/** The one thing to do next for a run. */
export type Step =
  /** Find out how far the store can be read. */
  | { kind: 'begin' }
  /** Have the store export a slice. */
  | { kind: 'export'; slice: Slice }
  /** Look whether the export of a slice is ready. */
  | { kind: 'look'; slice: Slice }
  | { kind: 'read'; slice: Slice }
  /** All slices have ended: find out what is gone, and end. */
  | { kind: 'conclude' }
  /** The run is over: leave nothing behind. */
  | { kind: 'tidy' }
  /** Nothing until a slice is due, the store says something, or a person does. */
  | { kind: 'rest' }

/** What is to be done next. Exports are begun ahead and looked after first; slices are read one at a time, in their order. Pure. */
export function nextStep(run: Run, now: Date): Step {
  switch (run.state) {
    case 'waiting':
      return { kind: 'begin' }
    case 'running':
      return nextOfSlices(run, now)
    case 'asking':
      return { kind: 'rest' }
    case 'finished':
    case 'failed':
    case 'cancelled':
      return run.hasSightings || run.slices.some(isLeftAtStore) ? { kind: 'tidy' } : { kind: 'rest' }
  }
}

function nextOfSlices({ slices }: Run, now: Date): Step {
  if (slices.every(hasEnded)) return { kind: 'conclude' }
  const due = slices.filter(({ dueAt }) => dueAt !== null && dueAt <= now)
  const exporting = due.find(({ state }) => state === 'exporting')
  if (exporting) return { kind: 'look', slice: exporting }

  const waiting = due.find(({ state }) => state === 'waiting')
  const underWay = slices.filter(({ state }) => state === 'exporting').length
  if (waiting && underWay < MOST_EXPORTS) return { kind: 'export', slice: waiting }

  const turn = slices.find(hasTurn)
  return turn?.state === 'reading' && due.includes(turn) ? { kind: 'read', slice: turn } : { kind: 'rest' }
}

/** Whether the others wait for a slice: it has not ended, and is not put off after a try that failed. */
function hasTurn(slice: Slice): boolean {
  return !hasEnded(slice) && !(slice.state !== 'reading' && slice.tries > 0)
}

/** Whether the store may still be busy with the export of a slice that nobody wants any more. */
export function isLeftAtStore({ state, exportId }: Slice): boolean {
  return state === 'cancelled' && exportId !== null
}
