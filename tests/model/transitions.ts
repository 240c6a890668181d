import { type RecordState } from '~/contracts/states'

/** Every change of state that a record's life allows, as docs/architecture.md draws it. A row may be written without a change of state. */
export const TRANSITIONS: Record<RecordState, readonly RecordState[]> = {
  waiting: ['delivering', 'held', 'in_step', 'deleted', 'excluded'],
  delivering: ['delivering', 'in_step', 'deleted', 'retrying', 'held', 'dead', 'excluded', 'waiting'],
  in_step: ['waiting', 'held', 'excluded'],
  retrying: ['delivering', 'waiting', 'held', 'excluded'],
  held: ['delivering', 'waiting', 'in_step', 'deleted', 'excluded'],
  dead: ['waiting', 'held', 'excluded'],
  excluded: ['waiting', 'held', 'in_step', 'deleted'],
  deleted: ['waiting', 'held', 'excluded'],
}
