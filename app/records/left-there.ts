import { type RecordCount } from './count-records'
import { isDismissalReason } from './dismissal'
import { KEPT_THERE } from './exclusion'

/** What the SaaS still has of a resource that is not mirrored any more. */
export interface LeftThere {
  /** How many records are being deleted there, or wait for it. */
  onTheWay: number
  /** How many could not be deleted. */
  failed: number
  /** How many nobody deletes. */
  kept: number
}

/** Reckons what the SaaS still has of a resource that is not mirrored, from the counts of its records. Pure. */
export function leftThere(counts: readonly RecordCount[]): LeftThere {
  const left: LeftThere = { onTheWay: 0, failed: 0, kept: 0 }
  for (const { state, reason, count } of counts) {
    switch (state) {
      case 'waiting':
      case 'delivering':
      case 'retrying':
      case 'held':
        left.onTheWay += count
        break
      case 'dead':
        left.failed += count
        break
      case 'in_step':
        left.kept += count
        break
      case 'excluded':
        if (reason === KEPT_THERE || isDismissalReason(reason)) left.kept += count
        break
      case 'deleted':
      case 'unknown':
        break
    }
  }
  return left
}
