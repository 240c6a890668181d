import {
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

/** The named fragments of a document. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

export function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  )
}

export function isConnection(type: GraphQLNamedType): boolean {
  return type.name.endsWith('Connection')
}

/**
 * The fields of a selection, those of its fragments among them.
 *
 * @param applies whether a fragment on that type counts; absent: every one does
 */
export function fieldsIn(
  set: SelectionSetNode,
  fragments: Fragments,
  applies: (type: string) => boolean = () => true,
): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
    const type = fragment?.typeCondition?.name.value
    if (!fragment || (type !== undefined && !applies(type))) return []
    return fieldsIn(fragment.selectionSet, fragments, applies)
  })
}

/** What is selected of the nodes of a connection, by `edges { node { … } }`. */
export function nodeSelectionsOf(fields: readonly FieldNode[], fragments: Fragments): SelectionSetNode[] {
  const within = (nodes: readonly FieldNode[], name: string) =>
    nodes
      .flatMap(({ selectionSet }) => (selectionSet ? fieldsIn(selectionSet, fragments) : []))
      .filter((field) => field.name.value === name)
  return within(within(fields, 'edges'), 'node').flatMap(({ selectionSet }) => selectionSet ?? [])
}

/** The type of the nodes of a connection. @throws Error when the schema has none */
export function nodeTypeOf(schema: GraphQLSchema, connection: string): GraphQLCompositeType {
  const type = schema.getType(connection)
  const field = isObjectType(type) ? type.getFields()['nodes'] : undefined
  const node = field && getNamedType(field.type)
  if (!isCompositeType(node)) throw new Error(`${connection} has no nodes`)
  return node
}
