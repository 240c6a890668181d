import {
  getNamedType,
  getNullableType,
  type GraphQLSchema,
  isListType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { READING_ORDER, type Selection } from '~/contracts/store-reader'
import { API_VERSION } from '~/shopify-version'
import { adminSchema } from '../../../../tests/support/admin-schema'
import { CANCEL_EXPORT } from './cancel-export'
import { changesQuery } from './changes'
import { exportQuery } from './export-query'
import { EXPORT_STATE } from './export-state'
import { probeQuery } from './probe'
import { PRODUCTS_OF } from './products-of'
import { recordsQuery, restQuery } from './records-query'
import { SCOPES } from './scopes'
import { type Field, type Selection as Fields } from './selection'
import { READABLE } from './selections/readable'
import { START_EXPORT } from './start-export'

const schema = adminSchema(API_VERSION)
const NOTHING: ReadonlySet<string> = new Set()
const DAY = new Date('2026-11-01T00:00:00.750Z')
const bounded = (resource: Selection['resource']): Selection => ({
  resource,
  createdFrom: DAY,
  createdUntil: DAY,
  updatedFrom: DAY,
})

/** All connections of a selection, each with its owner. */
function connectionsOf(owner: Fields): { owner: Fields; key: string; field: Field & { kind: 'pages' } }[] {
  return Object.entries(owner.fields).flatMap(([key, field]) => {
    if (field.kind === 'leaf') return []
    const inner = connectionsOf(field.of)
    return field.kind === 'pages' ? [{ owner, key, field }, ...inner] : inner
  })
}

/** All fields of a selection, such as `Customer.email`. */
function fieldsOf({ type, fields }: Fields): string[] {
  return Object.values(fields).flatMap((field) => [
    ...(field.kind === 'on' ? [] : [`${type}.${field.name}`]),
    ...(field.kind === 'leaf' ? [] : fieldsOf(field.of)),
  ])
}

describe('every question', () => {
  const questions: [string, string][] = [
    ['the start of an export', START_EXPORT],
    ['the state of an export', EXPORT_STATE],
    ['the end of an export', CANCEL_EXPORT],
    ['the products of inventory items', PRODUCTS_OF],
    ['the scopes', SCOPES],
    ...READING_ORDER.flatMap((resource): [string, string][] => [
      [`an export (${resource})`, exportQuery(bounded(resource), NOTHING)],
      [`records by their ids (${resource})`, recordsQuery(resource, NOTHING)],
      [`the last changes (${resource})`, changesQuery(resource)],
      [`a probe (${resource})`, probeQuery(resource, NOTHING)],
      ...connectionsOf(READABLE[resource].selection).map(({ owner, key, field }): [string, string] => [
        `more of ${owner.type}.${field.name}`,
        restQuery(owner, { ...field, key }, NOTHING),
      ]),
    ]),
  ]

  it.each(questions)(
    'can be answered by the API of our version, and asks for nothing outdated: %s',
    (_, query) => {
      const document = parse(query)
      expect(validate(schema, document)).toEqual([])
      expect(deprecatedIn(query)).toEqual([])
    },
  )

  it('can be answered whatever single field is left out of it', () => {
    for (const resource of READING_ORDER) {
      for (const field of new Set(fieldsOf(READABLE[resource].selection))) {
        const denied = new Set([field])
        const queries = [recordsQuery(resource, denied), exportQuery(bounded(resource), denied)]
        for (const query of queries) {
          expect({ field, errors: validate(schema, parse(query)) }).toEqual({ field, errors: [] })
          expect(namesIn(query)).not.toContain(field)
        }
      }
    }
  })
})

describe('the query of an export', () => {
  it.each(READING_ORDER)('keeps the rules for bulk operations (%s)', (resource) => {
    expect(bulkFaults(schema, exportQuery(bounded(resource), NOTHING))).toEqual([])
  })

  it('would be found out if it broke them', () => {
    const faults = (fields: string) => bulkFaults(schema, `{ orders { edges { node { ${fields} } } } }`)
    expect(faults('id refunds { id refundLineItems { edges { node { id } } } }')).toEqual([
      'refundLineItems is inside a list',
    ])
    expect(faults('name lineItems { edges { node { name } } }')).toEqual(['the owner of lineItems has no id'])
    expect(faults('id lineItems(first: 3) { nodes { id } }')).toEqual([
      'lineItems is not read by edges',
      'lineItems has pages',
    ])
    expect(bulkFaults(schema, '{ shop { name } }')).toEqual(['0 connections'])
  })

  it('says in whole seconds which records it is about', () => {
    expect(exportQuery(bounded('order'), NOTHING)).toContain(
      `orders(query: "created_at:>='2026-11-01T00:00:00Z' created_at:<'2026-11-01T00:00:00Z' updated_at:>='2026-11-01T00:00:00Z'")`,
    )
    expect(exportQuery(bounded('customer'), NOTHING)).toContain("customer_date:>='2026-11-01T00:00:00Z'")
    expect(exportQuery(bounded('category'), NOTHING)).toContain(
      `collections(query: "updated_at:>='2026-11-01T00:00:00Z'")`,
    )
    const all = { resource: 'product', createdFrom: null, createdUntil: null, updatedFrom: null } as const
    expect(exportQuery(all, NOTHING)).toMatch(/^\{ products \{ edges/)
  })

  it('searches only by what its connection can be searched by', () => {
    for (const resource of READING_ORDER) {
      const { list } = READABLE[resource]
      const fields = schema.getQueryType()?.getFields() ?? {}
      const words = fields[list]?.args.find(({ name }) => name === 'query')
      const used = [...exportQuery(bounded(resource), NOTHING).matchAll(/(\w+):[<>]/g)].map(
        ([, name]) => name,
      )
      for (const name of used) expect(words?.description).toContain(`| ${name} | time |`)
    }
  })
})

/** The fields that a query asks for, such as `Customer.email`. */
function namesIn(query: string): string[] {
  const names: string[] = []
  const info = new TypeInfo(schema)
  const note = {
    Field() {
      names.push(`${info.getParentType()?.name}.${info.getFieldDef()?.name}`)
    },
  }
  visit(parse(query), visitWithTypeInfo(info, note))
  return names
}

function deprecatedIn(query: string): string[] {
  const found: string[] = []
  const info = new TypeInfo(schema)
  const note = {
    Field: () => {
      const field = info.getFieldDef()
      if (field?.deprecationReason != null) found.push(`${info.getParentType()?.name}.${field.name}`)
    },
  }
  visit(parse(query), visitWithTypeInfo(info, note))
  return found
}

/**
 * What is wrong with a query of a bulk operation, by the rules of Shopify's guide: a connection at least, five at most, nested twice at most, none
 * inside a list, `edges { node }` and no pages, and an `id` in whatever has children.
 */
function bulkFaults(schema: GraphQLSchema, query: string): string[] {
  const faults: string[] = []
  const info = new TypeInfo(schema)
  const open: { isConnection: boolean; isList: boolean; keys: string[] }[] = []
  let connections = 0
  const visitor = visitWithTypeInfo(info, {
    Field: {
      enter(node) {
        const type = info.getType()
        const named = type && getNamedType(type)
        const isConnection = isObjectType(named) && named.name.endsWith('Connection')
        const isPart = info.getParentType()?.name.match(/(Connection|Edge)$/) != null
        const keys = node.selectionSet?.selections.flatMap((part) =>
          part.kind === Kind.FIELD ? (part.alias ?? part.name).value : [],
        )
        if (isConnection) {
          connections++
          const depth = open.filter((above) => above.isConnection).length
          if (depth > 2) faults.push(`${node.name.value} is nested too deeply`)
          if (open.some((above) => above.isList)) faults.push(`${node.name.value} is inside a list`)
          if (keys?.join() !== 'edges') faults.push(`${node.name.value} is not read by edges`)
          if (node.arguments?.some(({ name }) => ['first', 'last', 'after'].includes(name.value)))
            faults.push(`${node.name.value} has pages`)
          const owner = open.at(-1)
          if (owner && !owner.keys.includes('id')) faults.push(`the owner of ${node.name.value} has no id`)
        }
        const isList = !isPart && type != null && isListType(getNullableType(type))
        open.push({ isConnection, isList, keys: keys ?? [] })
      },
      leave: () => void open.pop(),
    },
  })
  visit(parse(query), visitor)
  return connections >= 1 && connections <= 5 ? faults : [...faults, `${connections} connections`]
}
