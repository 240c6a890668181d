import { type Resource } from '../contracts/resource'
import { type Sealer } from '../lib/sealing'
import { wordsIn } from '../lib/words-in'
import { type Known } from './known'

/** How many words a record is found by at most: its name comes first, then what its variants are called by. */
const MOST_TERMS = 250
/** Stands before a keyed hash, and in no word. */
const HASHED = '~'

/** Whose words they are. */
export interface TermOwner {
  sourceConnectionId: string
  resource: Resource
}

/** What a record is called, as far as it is known: what may be read in the database, and what may not. */
interface Texts {
  plain: string[]
  personal: string[]
  /** SHA-256 of its e-mail address. */
  emailHash: string | null
}

/**
 * The words that a record is found by, each once: of its name or number, and of the SKUs and the vendor of a product. What tells who a
 * customer is stands there as keyed hashes, which can be found whole and not be read. They follow from what is known: what has been
 * deleted, redacted or is not allowed any more has none.
 */
export function termsOf(owner: TermOwner, known: Known, sealer: Sealer): string[] {
  const { plain, personal, emailHash } = textsOf(owner.resource, known)
  const hashed = [
    ...personal.flatMap(wordsIn).map((word) => personalTerms(owner, word, sealer)[0]),
    ...(emailHash === null ? [] : [emailTerms(owner, emailHash, sealer)[0]]),
  ]
  return [...new Set([...hashed, ...plain.flatMap(wordsIn)])].slice(0, MOST_TERMS)
}

/** The words of a record after news, where it is called otherwise than before; null where it is not. */
export function changedTerms(owner: TermOwner, before: Known, after: Known, sealer: Sealer): string[] | null {
  const isSame = before.parts.core === after.parts.core && before.parts.variants === after.parts.variants
  if (isSame || signature(owner, before) === signature(owner, after)) return null
  return termsOf(owner, after, sealer)
}

/** What a word of a person's name may stand there as: one for each key of the ring. */
export function personalTerms(
  { sourceConnectionId }: Pick<TermOwner, 'sourceConnectionId'>,
  word: string,
  sealer: Sealer,
): [string, ...string[]] {
  return hashedTerms(word, `name:${sourceConnectionId}`, sealer)
}

/** What an e-mail address may stand there as, by its SHA-256. */
export function emailTerms(
  { sourceConnectionId }: Pick<TermOwner, 'sourceConnectionId'>,
  emailHash: string,
  sealer: Sealer,
): [string, ...string[]] {
  return hashedTerms(emailHash, `email:${sourceConnectionId}`, sealer)
}

function hashedTerms(text: string, purpose: string, sealer: Sealer): [string, ...string[]] {
  const [first, ...others] = sealer.fingerprints(text, purpose)
  return [HASHED + first, ...others.map((hash) => HASHED + hash)]
}

function signature({ resource }: TermOwner, known: Known): string {
  return JSON.stringify(textsOf(resource, known))
}

function textsOf(resource: Resource, { parts }: Known): Texts {
  const core = parts.core?.data ?? {}
  const none: Texts = { plain: [], personal: [], emailHash: null }
  switch (resource) {
    case 'product':
      return { ...none, plain: texts([core.name, core.vendor, ...skus(core), ...skus(parts.variants?.data)]) }
    case 'category':
      return { ...none, plain: texts([core.name]) }
    case 'order':
      return { ...none, plain: texts([core.number]) }
    case 'customer': {
      const pii = (core.pii ?? {}) as Record<string, unknown>
      const [emailHash = null] = texts([core.email_hash])
      return { ...none, personal: texts([core.display_name, pii.first_name, pii.last_name]), emailHash }
    }
    case 'message':
      return none
  }
}

function skus(data: Record<string, unknown> | undefined): unknown[] {
  return ((data?.variants ?? []) as { sku?: unknown }[]).map(({ sku }) => sku)
}

function texts(values: unknown[]): string[] {
  return values.filter((value) => typeof value === 'string')
}
