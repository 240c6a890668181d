import { type RecordContext } from '../contracts/record-context'
import { type Resource } from '../contracts/resource'
import { type Known } from './known'
import { type RecordRow } from './record-row'
import { staleParts } from './stale-parts'
import { type Question, type QuestionKind } from './write-questions'

/** How soon the store is asked about a record, in milliseconds. A hint about an order is mostly followed by a payload that carries all of it. */
const ASK_AFTER_MS: Record<Resource, number> = {
  order: 10_000,
  product: 0,
  customer: 0,
  category: 0,
  message: 0,
}

/** Whether the store is to be asked about records of a resource, and can be. */
export function isAskable(kind: QuestionKind, { askable, resources }: RecordContext): boolean {
  const resource = kind === 'inventory_item' ? 'product' : kind
  return askable.includes(resource) && resources.includes(resource)
}

/** What the store is to be asked about a record of which this is known; null for nothing. */
export function questionAbout(
  { resource, externalId }: Pick<RecordRow, 'resource' | 'externalId'>,
  known: Known,
  context: RecordContext,
  now: Date,
): Question | null {
  if (resource === 'message' || !isAskable(resource, context)) return null
  if (staleParts(resource, known).length === 0) return null
  const { sourceConnectionId } = context
  const askAt = new Date(now.getTime() + ASK_AFTER_MS[resource])
  return { sourceConnectionId, kind: resource, externalId, askAt, hintedAt: null }
}
