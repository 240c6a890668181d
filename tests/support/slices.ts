import { type Run, type Slice } from '~/backfill/read-run'

/** A slice as it is first written, of all products unless a test says otherwise. */
export function aSlice(more: Partial<Slice> = {}): Slice {
  return {
    id: 'slice',
    resource: 'product',
    createdFrom: null,
    createdUntil: null,
    updatedFrom: null,
    state: 'waiting',
    exportId: null,
    takenAt: null,
    records: null,
    objects: null,
    readRecords: 0,
    readObjects: '0',
    changed: 0,
    faulty: 0,
    cursor: '0',
    tries: 0,
    dueAt: null,
    code: null,
    detail: null,
    ...more,
  }
}

/** A run that is under way with these slices. */
export function aRun(slices: Slice[], more: Partial<Run> = {}): Run {
  return {
    id: 'run',
    sourceConnectionId: 'source',
    shopId: 'shop',
    store: 'tea.myshopify.com',
    kind: 'backfill',
    state: 'running',
    startedAt: new Date('2026-11-21T12:00:00Z'),
    confirmedAt: null,
    asksAgain: false,
    rests: null,
    changed: 0,
    gone: null,
    missed: null,
    hasSightings: false,
    cursor: null,
    slices,
    ...more,
  }
}
