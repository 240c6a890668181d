import { type Field, type Selection } from './selection'

/** `pages` for a query that is answered at once, `bulk` for one of a bulk operation, which knows no pages. */
export type Form = 'pages' | 'bulk'

const NOTHING_DENIED: ReadonlySet<string> = new Set()

/**
 * The text of a selection, between its braces. In an export, where a connection without children leaves no trace, each connection is
 * accompanied by `has_<key>`, so that whoever reads the file can tell "none" from "not asked for".
 *
 * @param denied the fields to leave out, such as `Customer.email`
 */
export function renderSelection(
  { type, fields }: Selection,
  form: Form,
  denied: ReadonlySet<string> = NOTHING_DENIED,
): string {
  const texts = Object.entries(fields).flatMap(([key, field]) => {
    if (field.kind !== 'on' && denied.has(`${type}.${field.name}`)) return []
    return renderField(key, field, form, denied)
  })
  return texts.join(' ')
}

/** The key of a row of an export that says that a connection was asked for. */
export function askedKey(connection: string): string {
  return `has_${connection}`
}

function renderField(key: string, field: Field, form: Form, denied: ReadonlySet<string>): string[] {
  if (field.kind === 'leaf') return [named(key, field.name)]
  const inner = renderSelection(field.of, form, denied)
  if (inner === '') return []

  switch (field.kind) {
    case 'object':
      return [`${named(key, field.name)} { ${inner} }`]
    case 'on':
      return [`... on ${field.of.type} { ${inner} }`]
    case 'pages':
      return form === 'bulk'
        ? [`${askedKey(key)}: __typename`, `${named(key, field.name)} { edges { node { ${inner} } } }`]
        : [`${named(key, field.name)}(first: ${field.first}) { ${page(inner)} }`]
  }
}

/** The inside of a connection that is read page by page. */
export function page(inner: string): string {
  return `nodes { ${inner} } pageInfo { hasNextPage endCursor }`
}

function named(key: string, name: string): string {
  return key === name ? name : `${key}: ${name}`
}
