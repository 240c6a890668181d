import { type SyncRecord } from '@prisma/client'
import { Action, PiiPolicy, Resource } from '~/contracts/resource'
import { type RecordContext } from '~/contracts/record-context'
import { type Sealer } from '~/lib/sealing'
import { composeRecord, type Desired } from '~/records/compose-record'
import { type DeliveredKnown, openDelivered } from '~/records/delivered-known'
import { type Known } from '~/records/known'
import { titleOf } from '~/records/record-title'
import { openKnown } from '~/records/sealed-known'
import { compareFields, type FieldPair } from '../field-difference'
import { type PathStep } from '../flatten-record'
import { maskName } from '../mask-name'
import { currencyAt } from '../currency-at'
import { showStep, type ShownValue, showValue, type WhoseValue } from '../show-value'

/** How many fields the page shows of each kind: nobody reads on, and it would be slow. */
const MOST_FIELDS = 200

/** A field with what it should be and what the SaaS took. */
export interface FieldRow {
  path: PathStep[]
  desired: ShownValue
  delivered: ShownValue
}

/** Fields for the page; `more` others are not shown. */
export interface FieldRows {
  rows: FieldRow[]
  more: number
}

/**
 * What the SaaS has, as far as it is known: never anything, something that is not known any more, something at another address, a
 * deletion, or a state. A person may have it removed there, although the store has it.
 */
export type DeliveredKind = 'never' | 'forgotten' | 'elsewhere' | 'deleted' | 'removing' | 'removed' | 'known'

/** What a record should be beside what the SaaS took last. */
export type RecordContent =
  | { kind: 'nothing_known' | 'unreadable' | 'not_connected' }
  | {
      kind: 'content'
      /** Whether it is gone in the store. */
      isDeleted: boolean
      delivered: DeliveredKind
      differing: FieldRows
      /** Those that are equal; all that it should be, where it is not known what the SaaS has. */
      equal: FieldRows
      /** Whether it was taken under other settings than those that hold now. */
      isOfOtherSettings: boolean
    }

/** What a record is called and what it should be. */
export interface ContentView {
  /** A person's name masked; null where it has none. */
  name: string | null
  content: RecordContent
}

/** What decides how a record is read. */
export interface ContentOptions {
  context: RecordContext | null
  /** The generation since which records go to where they go now. */
  addressGeneration: number
  sealer: Sealer
  /** Whether personal values are shown. */
  reveal: boolean
}

/** Opens a record, and compares what it should be with what the SaaS took last, both under the settings of now. */
export function presentContent(row: SyncRecord, options: ContentOptions): ContentView {
  if (!options.context) return { name: null, content: { kind: 'not_connected' } }
  try {
    const resource = Resource.parse(row.resource)
    const policy = PiiPolicy.parse(options.context.piiPolicy)
    const known = openKnown(row, policy, options.sealer)
    const delivered = openDelivered(row, policy, options.sealer)
    const title = titleOf(resource, known)
    const name = title?.isPersonal && !options.reveal ? maskName(title.text) : (title?.text ?? null)
    return { name, content: contentOf(row, options.context, { known, delivered }, options) }
  } catch {
    return { name: null, content: { kind: 'unreadable' } }
  }
}

function contentOf(
  row: SyncRecord,
  context: RecordContext,
  { known, delivered }: { known: Known; delivered: DeliveredKnown },
  options: ContentOptions,
): RecordContent {
  const resource = Resource.parse(row.resource)
  const compose = (state: Known) => composeRecord({ ...context, resource, externalId: row.externalId }, state)
  const desired = compose(known)
  if (!desired) return { kind: 'nothing_known' }

  const held = delivered.kind === 'known' ? compose(delivered.known) : null
  const kind = kindOf(row, { desired, held }, options)
  const compared = compare(desired, kind === 'known' ? held : null)
  const shown = {
    resource,
    reveal: options.reveal,
    desired: desired.data,
    delivered: held?.data ?? desired.data,
  }
  return {
    kind: 'content',
    isDeleted: isDeletion(desired),
    delivered: kind,
    differing: rowsOf(compared.differing, shown),
    equal: rowsOf(compared.equal, shown),
    isOfOtherSettings: kind === 'known' && row.deliveredGeneration !== context.generation,
  }
}

function kindOf(
  { deliveredAt, deliveredGeneration, desiredAction, placedGeneration }: SyncRecord,
  { desired, held }: { desired: Desired; held: Desired | null },
  { addressGeneration }: ContentOptions,
): DeliveredKind {
  if (deliveredAt === null) return 'never'
  if ((deliveredGeneration ?? 0) < addressGeneration) return 'elsewhere'
  if (held && isDeletion(held)) return 'deleted'
  // A deletion that the store knows nothing of is a person's.
  if (desiredAction === Action.enum.deleted && !isDeletion(desired))
    return placedGeneration === null ? 'removed' : 'removing'
  if (held) return 'known'
  return placedGeneration === null ? 'removed' : 'forgotten'
}

/** What is gone is not told field by field. */
function compare(desired: Desired, held: Desired | null): { differing: FieldPair[]; equal: FieldPair[] } {
  if (isDeletion(desired)) return { differing: [], equal: [] }
  const fields = seen(desired)
  return held ? compareFields(fields, seen(held)) : compareFields(fields, fields)
}

function isDeletion({ action }: Desired): boolean {
  return action === Action.enum.deleted
}

/** What the SaaS sees of a record, but for what tells which record and which state of it it is. */
function seen({ data }: Desired): Record<string, unknown> {
  const {
    schema_version: _s,
    source: _o,
    store: _t,
    external_id: _e,
    version: _v,
    updated_at: _u,
    ...fields
  } = data
  return fields
}

/** Both states of a record, and who looks at it. */
interface ShownRecord extends WhoseValue {
  desired: Desired['data']
  delivered: Desired['data']
}

function rowsOf(pairs: FieldPair[], record: ShownRecord): FieldRows {
  const rows = pairs.slice(0, MOST_FIELDS).map(({ path, desired, delivered }): FieldRow => {
    const optionsOf = (data: Desired['data']) => ({ ...record, currency: currencyAt(data, path) })
    return {
      path: path.map((step, index) => showStep(step, path.slice(0, index), record)),
      desired: showValue(desired, path, optionsOf(record.desired)),
      delivered: showValue(delivered, path, optionsOf(record.delivered)),
    }
  })
  return { rows, more: pairs.length - rows.length }
}
