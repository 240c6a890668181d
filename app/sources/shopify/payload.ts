import { z } from 'zod'
import { toMoney } from '../../lib/decimal'
import { type LosslessJson } from '../../lib/lossless-json'
import { toUtc } from '../../lib/time'
import { toUnmappableBody, UnmappableBody } from './unmappable-body'

/*
 * The vocabulary of Shopify's payloads, over lossless JSON: a number arrives as the text it was written with, so that a number
 * and the same number as text are one. Each field takes null (known to be empty) and gives a canonical value; problems
 * are worded to follow the field's name and never repeat what was sent.
 */

/** Text as it came; empty text is null. */
export const Text = z
  .string({ error: 'is not text' })
  .nullable()
  .transform((text) => (text === '' ? null : text))

/** Text that may be empty. */
export const Title = z.string({ error: 'is not text' }).nullable()

/** A value of an enumeration, lower-cased; unknown ones pass. */
export const Word = Text.transform((text) => text?.trim().toLowerCase() || null)

/** An id as its decimal digits: from a number, from text, or from a gid. */
export const Id = read((text) => {
  const digits = /^(?:gid:\/\/shopify\/\w+\/)?(\d+)(?:\?.*)?$/.exec(text)?.[1]
  if (digits === undefined) throw new RangeError()
  return digits
}, 'is not an id')

/** A decimal number as text, with the digits that it came with. */
export const Amount = read((text) => toMoney(text, null), 'is not a decimal number')

/** A time in UTC with the decimals that it came with. */
export const Time = read(toUtc, 'is not a time with a time zone')

/** A whole number. */
export const Whole = read((text) => {
  const number = /^-?\d+(\.0*)?$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(number)) throw new RangeError()
  return number === 0 ? 0 : number
}, 'is not a whole number')

/** An ISO 4217 code. */
export const Currency = read((text) => {
  const code = text.trim().toUpperCase()
  if (!/^[A-Z]{3}$/.test(code)) throw new RangeError()
  return code
}, 'is not a currency code')

export const Flag = z
  .union([z.boolean(), z.enum(['true', 'false']), z.null()], { error: 'is neither true nor false' })
  .transform((flag) => (flag === null ? null : flag === true || flag === 'true'))

/** Words, from text separated by commas or from a list: trimmed, in their order. */
export const Words = z
  .union([z.string(), z.array(z.string()), z.null()], { error: 'is neither text nor a list of texts' })
  .transform((words) => {
    const all = typeof words === 'string' ? words.split(',') : (words ?? [])
    return all.map((word) => word.trim()).filter((word) => word !== '')
  })

/** Tags: words whose order says nothing, sorted. */
export const Tags = Words.transform((tags) => tags.sort())

/** A list; null is an empty one. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(item, { error: 'is not a list' })
    .nullable()
    .transform((items) => items ?? [])
}

/** An object with any of these fields. A field is absent, null, or of its type. */
export function object<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape, { error: 'is not an object' }).partial()
}

const Money = object({ amount: Amount.nullable(), currency_code: Currency })

/** One amount in the shop's currency and in the one that the customer saw. */
export const MoneySet = object({
  shop_money: Money.nullable(),
  presentment_money: Money.nullable(),
}).nullable()

/** The ids that a record carries; the gid is read only where the number is missing. */
export const IDS = { id: Id, admin_graphql_api_id: Text }

interface RecordIds {
  id?: string | null | undefined
  admin_graphql_api_id?: string | null | undefined
}

/** A body by its schema. @throws UnmappableBody naming the first field that is wrong. */
export function parseBody<T extends z.ZodType>(schema: T, body: LosslessJson): z.output<T> {
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw toUnmappableBody(parsed.error)
  return parsed.data
}

/** The id of a record, from its number or else from its gid. @throws UnmappableBody naming `field` when it has neither. */
export function externalId(record: RecordIds, field = 'id'): string {
  return required(field, knownId(record))
}

/** The id, where there is one; null or undefined as the record has it where there is none. */
export function knownId({ id, admin_graphql_api_id: gid }: RecordIds): string | null | undefined {
  return id ?? Id.safeParse(gid).data ?? id
}

/** A field that the news cannot do without. @throws UnmappableBody when it is absent or null. */
export function required<T>(field: string, value: T | null | undefined): T {
  if (value == null) throw new UnmappableBody(field, 'is missing')
  return value
}

/** Text that `convert` understands; empty text is null. `convert` throws a RangeError for any other. */
function read<T>(convert: (text: string) => T, problem: string) {
  return z
    .string({ error: problem })
    .nullable()
    .transform((text, context): T | null => {
      if (text === null || text === '') return null
      try {
        return convert(text)
      } catch {
        context.issues.push({ code: 'custom', message: problem, input: null })
        return z.NEVER
      }
    })
}
