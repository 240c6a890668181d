import { type Field, type Selection } from './selection'

/** What a connection puts around its children. */
const WRAPPERS = new Set(['nodes', 'edges', 'node'])

/** The field that a path of an answer leads to, such as `Customer.email`. Of what the selection does not know, the path's own words. */
export function fieldOfPath(root: Selection, path: readonly string[]): string {
  let at = root
  let name = path.join('.')
  for (const key of path) {
    const found = find(at, key)
    if (!found) {
      if (/^\d+$/.test(key) || WRAPPERS.has(key)) continue
      return name
    }
    name = `${found.type}.${found.field.name}`
    if (found.field.kind === 'leaf') return name
    at = found.field.of
  }
  return name
}

type Named = Exclude<Field, { kind: 'on' }>

/** A field by its key, also among those of the types that the selection's own stands for. */
function find({ type, fields }: Selection, key: string): { type: string; field: Named } | undefined {
  const own = fields[key]
  if (own && own.kind !== 'on') return { type, field: own }
  for (const field of Object.values(fields)) {
    const found = field.kind === 'on' ? find(field.of, key) : undefined
    if (found) return found
  }
  return undefined
}
