import { type Id } from './model'

/** Records by id, and how often one came or went: an index over their ids holds for as long as that stands still. */
export class RecordMap<T> extends Map<Id, T> {
  comings = 0

  override set(id: Id, record: T): this {
    this.comings += 1
    return super.set(id, record)
  }

  override delete(id: Id): boolean {
    this.comings += 1
    return super.delete(id)
  }
}
