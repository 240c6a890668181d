import {
  getNamedType,
  getNullableType,
  getOperationAST,
  GraphQLError,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'
import {
  fieldsIn,
  fragmentsOf,
  isConnection,
  nodeSelectionsOf,
  nodeTypeOf,
  type Fragments,
} from './selections'

const MOST_CONNECTIONS = 5
/** Beneath the connection at the root. */
const DEEPEST = 2

/** What was found in a query, as far as Shopify refuses by it. */
interface Findings {
  connections: number
  deepest: number
  hasTopNode: boolean
  hasConnectionInList: boolean
  /** Connections that are selected with `nodes`. */
  withNodes: string[]
  /** Connections whose node has connections of its own but no `id`. */
  withoutId: Set<string>
}

/** Where in a query one looks. */
interface Place {
  depth: number
  isInList: boolean
  /** The connection whose node this is. */
  parent: { name: string; selectsId: boolean } | undefined
}

/**
 * The query of a bulk operation, or what Shopify says when it refuses it. The rules are those of its guide to bulk
 * operations; the words are those that it answers in practice.
 */
export function checkBulkQuery(
  schema: GraphQLSchema,
  query: string,
): { document: DocumentNode } | { refusals: string[] } {
  const document = parsed(query)
  if (typeof document === 'string') return { refusals: [`Invalid bulk query: ${document}`] }
  if (getOperationAST(document)?.operation !== OperationTypeNode.QUERY) {
    return { refusals: ['Invalid operation type. Only `query` operations are supported.'] }
  }
  const [invalid] = validate(schema, document)
  if (invalid) return { refusals: [`Invalid bulk query: ${invalid.message}`] }

  const refusals = refusalsOf(new Survey(schema, fragmentsOf(document)).of(document))
  return refusals.length > 0 ? { refusals } : { document }
}

function parsed(query: string): DocumentNode | string {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error.message
    throw error
  }
}

function refusalsOf(found: Findings): string[] {
  const [example] = found.withNodes
  const refusals = [
    example !== undefined &&
      `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '${example} { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${found.withNodes.join("', '")}'.`,
    found.hasTopNode && 'Bulk queries cannot contain a top level `node` field.',
    found.deepest > DEEPEST &&
      `Bulk queries cannot contain connections with a nesting depth greater than ${DEEPEST}.`,
    found.connections > MOST_CONNECTIONS &&
      `Bulk queries cannot contain more than ${MOST_CONNECTIONS} connections.`,
    found.withoutId.size > 0 &&
      `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${[...found.withoutId].join(', ')}.`,
    found.hasConnectionInList &&
      'Queries that contain a connection field within a list field are not currently supported.',
    found.connections === 0 && 'Bulk queries must contain at least one connection.',
  ]
  return refusals.filter((refusal) => refusal !== false)
}

class Survey {
  readonly #schema: GraphQLSchema
  readonly #fragments: Fragments
  readonly #found: Findings = {
    connections: 0,
    deepest: 0,
    hasTopNode: false,
    hasConnectionInList: false,
    withNodes: [],
    withoutId: new Set(),
  }

  constructor(schema: GraphQLSchema, fragments: Fragments) {
    this.#schema = schema
    this.#fragments = fragments
  }

  of(document: DocumentNode): Findings {
    const root = this.#schema.getQueryType()
    const operation = getOperationAST(document)
    if (!root || !operation) return this.#found
    const names = fieldsIn(operation.selectionSet, this.#fragments).map(({ name }) => name.value)
    this.#found.hasTopNode = names.includes('node') || names.includes('nodes')
    this.#look([operation.selectionSet], root, { depth: 0, isInList: false, parent: undefined })
    return this.#found
  }

  #look(sets: readonly SelectionSetNode[], type: GraphQLCompositeType, place: Place): void {
    for (const set of sets) {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) this.#lookAtField(selection, type, place)
        else if (selection.kind === Kind.INLINE_FRAGMENT) {
          this.#look(
            [selection.selectionSet],
            this.#typeNamed(selection.typeCondition?.name.value, type),
            place,
          )
        } else {
          const fragment = this.#fragments.get(selection.name.value)
          if (!fragment) continue
          this.#look([fragment.selectionSet], this.#typeNamed(fragment.typeCondition.name.value, type), place)
        }
      }
    }
  }

  #lookAtField(field: FieldNode, type: GraphQLCompositeType, place: Place): void {
    const definition = 'getFields' in type ? type.getFields()[field.name.value] : undefined
    if (!definition) return
    const named = getNamedType(definition.type)
    if (isObjectType(named) && isConnection(named)) return this.#lookAtConnection(field, named.name, place)
    if (!isCompositeType(named) || !field.selectionSet) return
    const isInList = place.isInList || isListType(getNullableType(definition.type))
    this.#look([field.selectionSet], named, { ...place, isInList })
  }

  #lookAtConnection(field: FieldNode, type: string, { depth, isInList, parent }: Place): void {
    const found = this.#found
    const name = field.name.value
    found.connections += 1
    found.deepest = Math.max(found.deepest, depth)
    if (isInList) found.hasConnectionInList = true
    if (parent && !parent.selectsId) found.withoutId.add(parent.name)
    const asNodes = field.selectionSet
      ? fieldsIn(field.selectionSet, this.#fragments).filter((each) => each.name.value === 'nodes')
      : []
    if (asNodes.length > 0) found.withNodes.push(name)
    const sets = [
      ...nodeSelectionsOf([field], this.#fragments),
      ...asNodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    ]
    const selectsId = sets
      .flatMap((set) => fieldsIn(set, this.#fragments))
      .some((each) => each.name.value === 'id' && each.alias === undefined)
    this.#look(sets, nodeTypeOf(this.#schema, type), {
      depth: depth + 1,
      isInList: false,
      parent: { name, selectsId },
    })
  }

  #typeNamed(name: string | undefined, otherwise: GraphQLCompositeType): GraphQLCompositeType {
    const type = name === undefined ? undefined : this.#schema.getType(name)
    return isCompositeType(type) ? type : otherwise
  }
}
