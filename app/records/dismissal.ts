import { type RecordRow } from './record-row'

/** How the reason of a record begins that a person dismissed. */
const BEGINNING = 'Dismissed: '

/** The reason of a dismissed record, with the person's words. */
export function dismissalReason(words: string): string {
  return BEGINNING + words
}

/** Whether a reason is that of a dismissed record. */
export function isDismissalReason(reason: string): boolean {
  return reason.startsWith(BEGINNING)
}

/** Whether a person dismissed the record with this content. */
export function isDismissed(
  { state, reason, dismissedHash }: Pick<RecordRow, 'state' | 'reason' | 'dismissedHash'>,
  desiredHash: string | null,
): boolean {
  // The hash alone does not say so: it stays where newer content revived the record and something else excludes it now.
  return state === 'excluded' && dismissedHash === desiredHash && reason !== null && isDismissalReason(reason)
}
