import {
  getArgumentValues,
  getNamedType,
  getOperationAST,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'
import { refusalOf } from '../graphql/access'
import { WHOLE, type GraphqlContext } from '../graphql/fields'
import { playerOf } from '../graphql/resolve'
import {
  fieldsIn,
  fragmentsOf,
  isConnection,
  nodeSelectionsOf,
  nodeTypeOf,
  type Fragments,
} from './selections'

type Line = Record<string, unknown>

/** How the nodes of a connection are written: what is in a node's own line, and the connections beneath it. */
export interface NodePlan {
  lineOf(source: unknown): Line
  children: ChildPlan[]
}

export interface ChildPlan {
  /** All the nodes beneath one. */
  nodesOf(source: unknown): readonly unknown[]
  plan: NodePlan
}

export interface ExportPlan extends ChildPlan {
  /** The field at the root, such as `products`. */
  root: string
  /** Why the app may not read all that it asks for. */
  refusals: GraphQLError[]
}

/**
 * Makes a checked bulk query into functions that read the store: a hundred thousand rows go through them, where the
 * executor of GraphQL would take minutes.
 *
 * @throws GraphQLError for what the stand-in does not play
 */
export function compilePlan(
  schema: GraphQLSchema,
  document: DocumentNode,
  context: GraphqlContext,
): ExportPlan {
  const compiler = new Compiler(schema, fragmentsOf(document), context)
  const type = schema.getQueryType()
  const operation = getOperationAST(document)
  if (!type || !operation) throw new GraphQLError('The stand-in exports queries only')
  const { children } = compiler.node(type, [operation.selectionSet])
  const [only, ...others] = children
  if (!only || others.length > 0) throw new GraphQLError('The stand-in exports one connection at a time')
  const [field] = fieldsIn(operation.selectionSet, fragmentsOf(document))
  return { ...only, root: field?.name.value ?? '', refusals: compiler.refusals }
}

class Compiler {
  readonly refusals: GraphQLError[] = []
  readonly #schema: GraphQLSchema
  readonly #fragments: Fragments
  readonly #context: GraphqlContext

  constructor(schema: GraphQLSchema, fragments: Fragments, context: GraphqlContext) {
    this.#schema = schema
    this.#fragments = fragments
    this.#context = context
  }

  node(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): NodePlan {
    const members: [key: string, read: (source: unknown) => unknown][] = []
    const children: ChildPlan[] = []
    for (const [key, fields] of this.#fieldsOf(type, sets)) {
      const made = this.#field(type, fields)
      if (made.read) members.push([key, made.read])
      children.push(...made.children)
    }
    const lineOf = (source: unknown) => {
      const line: Line = {}
      for (const [key, read] of members) line[key] = read(source)
      return line
    }
    return { lineOf, children }
  }

  /** Fields that answer under one key are one. */
  #fieldsOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const applies = (name: string) => {
      const condition = this.#schema.getType(name)
      return name === type.name || (isAbstractType(condition) && this.#schema.isSubType(condition, type))
    }
    const fields = sets.flatMap((set) => fieldsIn(set, this.#fragments, applies))
    return Map.groupBy(fields, ({ alias, name }) => (alias ?? name).value)
  }

  #field(
    type: GraphQLObjectType,
    fields: FieldNode[],
  ): { read?: (source: unknown) => unknown; children: ChildPlan[] } {
    const [field] = fields
    const name = field?.name.value ?? ''
    if (name === '__typename') return { read: () => type.name, children: [] }
    const definition = type.getFields()[name]
    if (!field || !definition) throw new GraphQLError(`${type.name} has no ${name}`)
    const refusal = refusalOf(this.#context.access, type.name, name, definition.type)
    if (refusal) this.refusals.push(refusal)

    const play = playerOf(type.name, name)
    const args = { ...getArgumentValues(definition, field, {}), [WHOLE]: true as const }
    const valueOf = (source: unknown) => play(source, args, this.#context)
    const named = getNamedType(definition.type)
    if (isConnection(named)) return { children: [this.#connection(named.name, fields, valueOf)] }
    const sets = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
    if (isObjectType(named) && !isListType(unwrapped(definition.type))) {
      return inlined(this.node(named, sets), valueOf)
    }
    const complete = this.#completion(definition.type, sets)
    return { read: (source) => complete(valueOf(source)), children: [] }
  }

  #connection(type: string, fields: FieldNode[], valueOf: (source: unknown) => unknown): ChildPlan {
    const nodeType = nodeTypeOf(this.#schema, type)
    const sets = nodeSelectionsOf(fields, this.#fragments)
    const plan = isObjectType(nodeType)
      ? this.node(nodeType, sets)
      : { lineOf: this.#abstract(nodeType, sets), children: [] }
    return { plan, nodesOf: (source) => (valueOf(source) as { nodes: unknown[] }).nodes }
  }

  #completion(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): (value: unknown) => unknown {
    if (isNonNullType(type)) return this.#completion(type.ofType, sets)
    const inner = isListType(type) ? this.#completion(type.ofType, sets) : undefined
    if (inner) return (value) => (isAbsent(value) ? null : Array.from(value as unknown[], inner))
    if (isLeafType(type)) return (value) => (isAbsent(value) ? null : type.serialize(value))
    const lineOf = isObjectType(type) ? this.node(type, sets).lineOf : this.#abstract(type, sets)
    return (value) => (isAbsent(value) ? null : lineOf(value))
  }

  /** For an interface or a union, by what each source says it is. */
  #abstract(type: GraphQLAbstractType, sets: readonly SelectionSetNode[]): (source: unknown) => Line {
    const plans = new Map(
      this.#schema.getPossibleTypes(type).map((possible) => [possible.name, this.node(possible, sets)]),
    )
    return (source) => {
      const { __typename: name = '' } = source as { __typename?: string }
      const plan = plans.get(name)
      if (!plan || plan.children.length > 0) {
        throw new GraphQLError(`The stand-in does not export ${name || 'what is nameless'} as ${type.name}`)
      }
      return plan.lineOf(source)
    }
  }
}

/** An object within a line; connections beneath it become connections of the line. */
function inlined({ lineOf, children }: NodePlan, valueOf: (source: unknown) => unknown) {
  return {
    read: (source: unknown) => {
      const value = valueOf(source)
      return isAbsent(value) ? null : lineOf(value)
    },
    children: children.map(({ nodesOf, plan }) => ({
      plan,
      nodesOf: (source: unknown) => {
        const value = valueOf(source)
        return isAbsent(value) ? [] : nodesOf(value)
      },
    })),
  }
}

function unwrapped(type: GraphQLOutputType): GraphQLOutputType {
  return isNonNullType(type) ? type.ofType : type
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
