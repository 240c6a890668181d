import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { emailHash } from '~/lib/email-hash'
import { wordsIn } from '~/lib/words-in'

/** How many words of a search count. */
const MOST_WORDS = 6

/** What was written into the search, as what it may mean. */
export interface SearchedFor {
  /** Parity's own id of a record, lower-cased. */
  recordId: string | null
  /** An id in the store, of one of these resources. */
  externalId: string | null
  resources: readonly Resource[]
  /** SHA-256 of an e-mail address. There are no words then. */
  emailHash: string | null
  words: string[]
}

const GID = /^gid:\/\/shopify\/(\w+)\/(\d+)(?:\?.*)?$/
/** The resources by what Shopify's ids call them (https://shopify.dev/docs/api/usage/gids). */
const OF_GID: Partial<Record<string, Resource>> = {
  Order: 'order',
  Product: 'product',
  Customer: 'customer',
  Collection: 'category',
}
const EMAIL = /^[^\s@]+@[^\s@]+$/
const NOTHING: SearchedFor = {
  recordId: null,
  externalId: null,
  resources: [],
  emailHash: null,
  words: [],
}

/** Reads what a person looks for: an id of Parity's, of the store's or of Shopify's API; an e-mail address; or a number, a SKU or words of a name. */
export function readSearch(text: string): SearchedFor {
  const uuid = z.uuid().safeParse(text)
  if (uuid.success) return { ...NOTHING, recordId: uuid.data.toLowerCase() }
  const [, type = '', id] = GID.exec(text) ?? []
  const resource = OF_GID[type]
  if (resource && id !== undefined) return { ...NOTHING, externalId: id, resources: [resource] }
  const named = { ...NOTHING, externalId: text, resources: Resource.options }
  return EMAIL.test(text)
    ? { ...named, emailHash: emailHash(text) }
    : { ...named, words: wordsIn(text).slice(0, MOST_WORDS) }
}
