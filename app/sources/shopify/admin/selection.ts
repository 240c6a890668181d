/**
 * What is asked for of one type of the Admin API, by the keys of the answer. It is data and not text, so that one selection serves a query
 * by ids and an export, can leave out what a store withholds, and says of which field an error speaks.
 */
export interface Selection {
  /** The type's name in Shopify's schema. */
  type: string
  fields: Readonly<Record<string, Field>>
}

export type Field =
  | { kind: 'leaf'; name: string }
  /** An object, or a list of objects. */
  | { kind: 'object'; name: string; of: Selection }
  /** A connection, of which a query by ids shows the first so many. */
  | { kind: 'pages'; name: string; first: number; of: Selection }
  /** Fields of one of the types that an interface or a union stands for; they lie among the others in the answer. */
  | { kind: 'on'; of: Selection }

/** A selection of a type. */
export function select(type: string, ...fields: Readonly<Record<string, Field>>[]): Selection {
  return { type, fields: Object.assign({}, ...fields) as Record<string, Field> }
}

/** Fields without fields of their own, each under its own name. */
export function leaves(...names: string[]): Record<string, Field> {
  return Object.fromEntries(names.map((name) => [name, { kind: 'leaf', name }]))
}

export function object(name: string, of: Selection): Field {
  return { kind: 'object', name, of }
}

export function pages(name: string, first: number, of: Selection): Field {
  return { kind: 'pages', name, first, of }
}

export function on(of: Selection): Field {
  return { kind: 'on', of }
}
