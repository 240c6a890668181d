import { type ReadableResource } from '~/contracts/store-reader'
import { page, renderSelection } from './render-selection'
import { object, on, select, type Selection } from './selection'
import { READABLE } from './selections/readable'

/** The selection of a question by ids, from the query's root. */
export function nodesSelection(of: Selection): Selection {
  return select('QueryRoot', { nodes: object('nodes', select('Node', { record: on(of) })) })
}

/** The question for records by their ids. */
export function recordsQuery(resource: ReadableResource, denied: ReadonlySet<string>): string {
  const { selection } = READABLE[resource]
  return `query Records($ids: [ID!]!) { nodes(ids: $ids) { ... on ${selection.type} { ${renderSelection(selection, 'pages', denied)} } } }`
}

/** How many children are asked for when there are more than the first question shows. */
const REST_AT_ONCE = 250

/** The question for the next children of one owner. */
export function restQuery(
  owner: Selection,
  connection: { key: string; name: string; of: Selection },
  denied: ReadonlySet<string>,
): string {
  const { key, name, of } = connection
  const inner = page(renderSelection(of, 'pages', denied))
  const field = `${key}: ${name}(first: ${REST_AT_ONCE}, after: $after) { ${inner} }`
  return `query Rest($id: ID!, $after: String!) { node(id: $id) { ... on ${owner.type} { ${field} } } }`
}
