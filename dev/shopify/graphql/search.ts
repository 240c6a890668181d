import { GraphQLError } from 'graphql'

/** What can be searched for, by the name that Shopify's search syntax has for it. */
export type Searchable<T> = Record<string, (item: T) => string | readonly string[] | null>

/**
 * Understands the part of Shopify's search syntax that a sync needs: `field:value`, `field:>value` and the like,
 * joined by blanks or AND, and OR between such groups.
 *
 * @throws GraphQLError for a field that the stand-in does not know, rather than to ignore it
 */
export function searchFilter<T>(query: unknown, searchable: Searchable<T>): (item: T) => boolean {
  if (typeof query !== 'string' || query.trim() === '') return () => true
  const groups = query.split(/\s+OR\s+/).map((group) => termsOf(group).map((term) => test(term, searchable)))
  return (item) => groups.some((tests) => tests.every((holds) => holds(item)))
}

interface Term {
  field: string
  operator: string
  value: string
}

const TERM = /\(?(-?[a-z_]+):(>=|<=|>|<|)(?:'([^']*)'|"([^"]*)"|([^\s)]+))\)?/g

function termsOf(group: string): Term[] {
  const terms = [...group.matchAll(TERM)].map(([, field = '', operator = '', ...values]) => ({
    field,
    operator,
    value: values.find((value) => value !== undefined) ?? '',
  }))
  const rest = group.replace(TERM, '').replaceAll('AND', '').trim()
  if (rest !== '') throw new GraphQLError(`The stand-in does not understand the search "${rest}"`)
  return terms
}

function test<T>({ field, operator, value }: Term, searchable: Searchable<T>): (item: T) => boolean {
  const read = searchable[field]
  if (!read) throw new GraphQLError(`The stand-in cannot search by "${field}"`)
  return (item) => {
    const held = read(item)
    if (held === null) return false
    return typeof held === 'string'
      ? compare(held, operator, value)
      : held.some((each) => compare(each, operator, value))
  }
}

function compare(held: string, operator: string, value: string): boolean {
  const order = rank(held) - rank(value)
  const sign = Number.isNaN(order) ? held.toLowerCase().localeCompare(value.toLowerCase()) : order
  switch (operator) {
    case '>':
      return sign > 0
    case '>=':
      return sign >= 0
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    default:
      return sign === 0
  }
}

function rank(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : Date.parse(value)
}
