import { type ReadableResource } from '~/contracts/store-reader'
import { type Row } from '../rows/row'
import { type Group } from './group-lines'
import { askedKey } from './render-selection'
import { READABLE } from './selections/readable'

/** A record of an export in the form in which a question by its id is answered: its children under the connections that they are of. */
export function assembleRow(resource: ReadableResource, { root, children }: Group): Row {
  const types = READABLE[resource].children
  const row: Row = { ...root }
  for (const connection of new Set(Object.values(types))) {
    // A connection without children leaves no line: only what was asked for is known to be empty.
    if (root[askedKey(connection)] !== undefined) row[connection] = { nodes: [] }
  }
  for (const child of children) childrenOf(row, types[typeOf(child)])?.push(child)
  return row
}

/** How many children have no connection that they could be of. */
export function countUnknown(resource: ReadableResource, { children }: Group): number {
  const types = READABLE[resource].children
  return children.filter((child) => types[typeOf(child)] === undefined).length
}

function childrenOf(row: Row, connection: string | undefined): Row[] | undefined {
  const page = connection === undefined ? undefined : row[connection]
  return (page as { nodes: Row[] } | undefined)?.nodes
}

/** The type in an object's gid. */
function typeOf({ id }: Row): string {
  return typeof id === 'string' ? (/^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1] ?? '') : ''
}
