import { type Sealer } from '~/lib/sealing'
import { composeRecord, desiredHash } from '~/records/compose-record'
import { openDelivered } from '~/records/delivered-known'
import { type Known } from '~/records/known'
import { readSource } from '~/shops/read-source'
import { type Subject } from './inspect'
import { type RowImage } from './journal'

/** Notes what the SaaS took, when a write of a row says so. */
export function noteTaken(taken: Map<string, string>, before: RowImage | null, after: RowImage): void {
  if (before?.deliveredHash === null && after.deliveredHash !== null)
    taken.set(after.externalId, after.deliveredHash)
}

/** What is kept beside what is known is what the SaaS took last, and nothing that the policy denies once all records were looked at. */
export async function faultsOfTaken({
  db,
  stages,
  sourceConnectionId,
  connection,
  taken,
  rows,
}: Subject): Promise<string[]> {
  const delivered = [...rows.values()].filter(({ deliveredAt }) => deliveredAt !== null)
  const context = delivered.length === 0 ? null : await readSource(db, sourceConnectionId)
  if (!context) return []

  return delivered.flatMap((row) => {
    const known = openTaken(row, stages.sealer)
    if (known === null) return []
    const desired = composeRecord({ ...context, resource: 'order', externalId: row.externalId }, known)
    const hash = desired && desiredHash(desired)
    const isTaken = connection.hasChangedPolicy || hash === taken.get(row.externalId)
    const isDenied = connection.isReEvaluated && context.piiPolicy !== 'full'
    return [
      ...(isTaken ? [] : [`The SaaS is said to have taken ${hash}: ${JSON.stringify(row)}`]),
      ...(isDenied && JSON.stringify(known).includes('"pii"')
        ? [`Kept though denied: ${row.externalId}`]
        : []),
    ]
  })
}

/** What was known when the SaaS took it last; null where that was forgotten. */
function openTaken({ id, known, deliveredKnown }: RowImage, sealer: Sealer): Known | null {
  const stored = {
    id,
    known: bytesOf(known),
    deliveredKnown: bytesOf(deliveredKnown),
    deliveredAt: new Date(),
  }
  const opened = openDelivered(stored, 'full', sealer)
  return opened.kind === 'known' ? opened.known : null
}

function bytesOf(hex: string | null): Buffer | null {
  return hex === null ? null : Buffer.from(hex.slice('\\x'.length), 'hex')
}
