import { canonicalJson } from '~/lib/canonical-json'
import { flattenRecord, type Leaf, type LeafValue, pathKey, type PathStep } from './flatten-record'

/** A value of a record: what it should be, and what it was when it was delivered; null where it is not there. */
export interface FieldPair {
  path: PathStep[]
  desired: LeafValue | null
  delivered: LeafValue | null
}

/** What two states of a record differ in, and what they have in common, each in the order of the record. */
export interface RecordDifference {
  differing: FieldPair[]
  equal: FieldPair[]
}

/**
 * Compares two states of a record field by field. Members that only one of them has are told by their list, and not field by field as
 * well. What is absent, null, or an empty text or list are not the same: only what is shown alike is equal.
 */
export function compareFields(
  desired: Record<string, unknown>,
  delivered: Record<string, unknown>,
): RecordDifference {
  const wanted = byPath(desired)
  const held = byPath(delivered)
  const pairs = [...new Set([...wanted.keys(), ...held.keys()])].map((key) =>
    pairOf(wanted.get(key), held.get(key)),
  )
  const lists = { wanted: membersOf(wanted), held: membersOf(held) }
  const differing = pairs.filter((pair) => !isEqual(pair) && isOfBoth(pair, lists))
  return { differing, equal: pairs.filter(isEqual) }
}

function byPath(data: Record<string, unknown>): Map<string, Leaf> {
  return new Map(flattenRecord(data).map((leaf) => [pathKey(leaf.path), leaf]))
}

function pairOf(wanted: Leaf | undefined, held: Leaf | undefined): FieldPair {
  const path = wanted?.path ?? held?.path ?? []
  return { path, desired: wanted?.value ?? null, delivered: held?.value ?? null }
}

function isEqual({ desired, delivered }: FieldPair): boolean {
  return canonicalJson(comparable(desired)) === canonicalJson(comparable(delivered))
}

/** What a member is called is a field of its own. */
function comparable(value: LeafValue | null): unknown {
  return value?.kind === 'members' ? value.members.map(({ key }) => [key]) : value
}

/** The members of all lists, by their paths. */
function membersOf(leaves: Map<string, Leaf>): Set<string> {
  const members = new Set<string>()
  for (const { path, value } of leaves.values())
    if (value.kind === 'members')
      for (const { key, name } of value.members)
        members.add(pathKey([...path, { kind: 'member', key, name }]))
  return members
}

/** Whether all members on the way to a value are in both states. */
function isOfBoth(
  { path }: FieldPair,
  { wanted, held }: { wanted: Set<string>; held: Set<string> },
): boolean {
  return path.every((step, index) => {
    const key = pathKey(path.slice(0, index + 1))
    return step.kind === 'field' || (wanted.has(key) && held.has(key))
  })
}
