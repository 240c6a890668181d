/** One step to a value: a field by its name; or a member of a list, by its id or else its place from 1, with what it is called. */
export type PathStep = { kind: 'field'; name: string } | { kind: 'member'; key: string; name: string | null }

/** A value that is shown as one: of JSON, or a list of members, which tells which there are and in what order. */
export type LeafValue =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'empty' }
  | { kind: 'texts'; values: string[] }
  | { kind: 'members'; members: Member[] }

/** What stands in a list: its id or its place, and what it is called; null where it has no name. */
export interface Member {
  key: string
  name: string | null
}

/** A value of a record, and the way to it. */
export interface Leaf {
  path: PathStep[]
  value: LeafValue
}

/**
 * The values of a record in their order, each with its path. Members of a list are known by their `external_id`, so that one that is new
 * does not seem to change those after it.
 */
export function flattenRecord(data: Record<string, unknown>): Leaf[] {
  return leavesOfFields(data, [])
}

/** Names the way to a value: equal for the same value of two records. */
export function pathKey(path: PathStep[]): string {
  return JSON.stringify(path.map((step) => (step.kind === 'field' ? step.name : [step.key])))
}

function leavesOf(value: unknown, path: PathStep[]): Leaf[] {
  if (Array.isArray(value)) return leavesOfList(value, path)
  if (!isObject(value)) return [{ path, value: scalar(value) }]
  if (Object.keys(value).length === 0) return [{ path, value: { kind: 'empty' } }]
  return leavesOfFields(value, path)
}

function leavesOfFields(fields: Record<string, unknown>, path: PathStep[]): Leaf[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    leavesOf(value, [...path, { kind: 'field', name }]),
  )
}

function leavesOfList(list: unknown[], path: PathStep[]): Leaf[] {
  if (list.length === 0) return [{ path, value: { kind: 'empty' } }]
  if (!list.some(isObject)) return [{ path, value: { kind: 'texts', values: list.map(textOf) } }]
  const members = namesOf(list)
  return [
    { path, value: { kind: 'members', members } },
    ...list.flatMap((member, index) => {
      const step: PathStep = { kind: 'member', ...members[index]! }
      return isObject(member)
        ? leavesOf(withoutId(member), [...path, step])
        : leavesOf(member, [...path, step])
    }),
  ]
}

/** Ids are unique in the lists of the shared schema; should one not be, its place tells it apart. */
function namesOf(list: unknown[]): Member[] {
  const seen = new Set<string>()
  return list.map((member, index) => {
    const { external_id: id, name } = isObject(member) ? member : {}
    const key = typeof id === 'string' && !seen.has(id) ? id : `#${index + 1}`
    seen.add(key)
    return { key, name: typeof name === 'string' ? name : null }
  })
}

function withoutId({ external_id: id, ...rest }: Record<string, unknown>): Record<string, unknown> {
  // A member that is nothing but its id is told by the list.
  return id === undefined || Object.keys(rest).length > 0 ? rest : {}
}

function scalar(value: unknown): LeafValue {
  switch (typeof value) {
    case 'string':
      return value === '' ? { kind: 'empty' } : { kind: 'text', value }
    case 'number':
      return { kind: 'number', value }
    case 'boolean':
      return { kind: 'boolean', value }
    default:
      return { kind: 'empty' }
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
